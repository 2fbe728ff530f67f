/** Who may talk with the bot, see what it answered, and teach it: lines of the tables in `access.ts`. */
const theDesk = 'door none none none yes  yes  yes';
const notStaff = 'yes  yes  yes  yes  none none none';
const teachers = 'door none none none none yes  yes';

export const botOpened = {
  '/(desk)/desk/bot': theDesk,
  '/(desk)/desk/bot/lessons': theDesk,
  '/(desk)/desk/replies': theDesk,
  '/(desk)/desk/waits': teachers
};

export const botSent = {
  '/(desk)/desk/bot?teach': theDesk,
  '/(desk)/desk/bot/lessons?decide': teachers,
  '/(desk)/desk/bot/lessons?back': teachers,
  '/(desk)/desk/bot/lessons?roll': teachers,
  '/(desk)/desk/replies?save': theDesk,
  '/(desk)/desk/replies?drop': theDesk,
  '/(desk)/desk/replies?propose': theDesk,
  '/(desk)/desk/replies?decide': teachers,
  '/(open)/chat?say': notStaff,
  '/(open)/chat?who': notStaff,
  '/(open)/chat?person': notStaff,
  '/(open)/chat?helped': notStaff,
  '/(open)/chat?end': notStaff,
  '/(open)/chat/draft?POST': notStaff,
  '/(open)/chat/read?POST': notStaff
};
