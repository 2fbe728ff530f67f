/** Who may get what of visits and their planning from outside: a part of `access.ts`. */

const theDesk = 'door none none none yes  yes  yes';
const supervisors = 'door none none none none yes  yes';
const customers = 'door yes  yes  yes  none none none';
const atHome = {
  own: 'door yes  none none none none none',
  foreign: 'door none none none none none none',
  missing: 'door none none none none none none'
};

export const visitsOpened = {
  '/(desk)/desk/day': theDesk,
  '/(desk)/desk/slots': supervisors,
  '/(desk)/desk/today': theDesk,
  // No visit is booked there, nor by anybody in the chat.
  '/(open)/chat/visit.ics': 'none none none none none none none',
  '/(home)/requests/[reference]/visit.ics': 'door none none none none none none',
  // Opened by its secret alone, which nobody here has.
  '/(open)/calendar/[token].ics': 'none none none none none none none',
  '/(open)/account/calendar': customers
};

export const visitsSent = {
  '/(desk)/desk/day?on_way': theDesk,
  '/(desk)/desk/day?order': theDesk,
  '/(desk)/desk/day?report': theDesk,
  '/(desk)/desk/day?gone': theDesk,
  ...Object.fromEntries(
    ['area', 'add', 'extra', 'remove', 'copy', 'capacity', 'close', 'shut', 'open', 'reopen', 'rules'].map(
      (action) => [`/(desk)/desk/slots?${action}`, supervisors]
    )
  ),
  '/(desk)/desk/today?give': theDesk,
  '/(desk)/desk/today?order': theDesk,
  '/(desk)/desk/today?pay': theDesk,
  '/(desk)/desk/today?waive': theDesk,
  '/(desk)/desk/today?run': theDesk,
  '/(home)/requests/[reference]?book': atHome,
  '/(home)/requests/[reference]?call_off': atHome,
  '/(home)/requests/[reference]?rate': { ...atHome, own: 'door yes  none yes  none none none' },
  '/(open)/chat?book': 'none none none none none none none',
  '/(open)/chat?call_off': 'none none none none none none none',
  '/(open)/account/calendar?make': customers,
  '/(open)/account/calendar?end': customers
};
