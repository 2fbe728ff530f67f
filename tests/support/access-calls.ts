/** Who may get what of calling back. */
const theDesk = 'door none none none yes  yes  yes';

export const callsOpened = {
  '/(desk)/desk/calls': theDesk,
  '/(open)/call-me': 'yes  yes  yes  yes  away away away'
};

export const callsSent = {
  '/(desk)/desk/calls?default': theDesk,
  '/(open)/call-me?ask': 'yes  yes  yes  yes  none none none',
  '/(open)/call-me?off': 'yes  yes  yes  yes  none none none'
};
