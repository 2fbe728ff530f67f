/** Who may get what of the desk's pages about a customer. Part of the tables of `access.ts`. */
import type { Line } from './access.ts';

const theDesk = 'door none none none yes  yes  yes';
/** For whoever answers for the others. */
const answering = 'door none none none none yes  yes';
const nobodyElse = 'door none none none none none none';
const atAnyDesk = { own: theDesk, foreign: theDesk, missing: nobodyElse };
/** What staff agree on in a customer's name, of which the foreign one does not exist. */
const agreed = { own: theDesk, foreign: nobodyElse, missing: nobodyElse };

/** What comes back when an address is opened. */
export const customersOpened: Record<string, Line> = {
  '/(desk)/desk/customers': theDesk,
  '/(desk)/desk/customers/[id]': atAnyDesk,
  '/(desk)/desk/customers/[id]/access/[member]': agreed,
  '/(desk)/desk/customers/[id]/data': atAnyDesk,
  '/(desk)/desk/customers/[id]/details': atAnyDesk,
  '/(desk)/desk/customers/[id]/email': atAnyDesk,
  '/(desk)/desk/customers/[id]/history': atAnyDesk,
  '/(desk)/desk/customers/[id]/letters': atAnyDesk,
  '/(desk)/desk/customers/[id]/invite': atAnyDesk,
  '/(desk)/desk/customers/[id]/payments': atAnyDesk,
  '/(desk)/desk/customers/[id]/programmes/[kind]': agreed,
  '/(desk)/desk/customers/[id]/priority': atAnyDesk,
  '/(desk)/desk/customers/[id]/sign-in': atAnyDesk
};

/** What comes back when a form is sent. */
export const customersSent: Record<string, Line> = {
  '/(desk)/desk/customers?default': theDesk,
  '/(desk)/desk/customers/[id]?end': atAnyDesk,
  '/(desk)/desk/customers/[id]?give': atAnyDesk,
  '/(desk)/desk/customers/[id]?leave': atAnyDesk,
  '/(desk)/desk/customers/[id]?withdraw': atAnyDesk,
  '/(desk)/desk/customers/[id]/invite?default': atAnyDesk,
  '/(desk)/desk/customers/[id]/payments?note': atAnyDesk,
  '/(desk)/desk/customers/[id]/payments?back': { own: answering, foreign: answering, missing: nobodyElse },
  '/(desk)/desk/customers/[id]/programmes/[kind]?join': agreed,
  '/(desk)/desk/customers/[id]/programmes/[kind]?begin': {
    own: answering,
    foreign: nobodyElse,
    missing: nobodyElse
  },
  '/(desk)/desk/customers/[id]/programmes/[kind]?leave': agreed,
  '/(desk)/desk/customers/[id]/access/[member]?default': agreed,
  '/(desk)/desk/customers/[id]/data?default': atAnyDesk,
  '/(desk)/desk/customers/[id]/details?default': atAnyDesk,
  '/(desk)/desk/customers/[id]/email?default': atAnyDesk,
  '/(desk)/desk/customers/[id]/letters?default': atAnyDesk,
  '/(desk)/desk/customers/[id]/priority?save': atAnyDesk,
  '/(desk)/desk/customers/[id]/priority?end': atAnyDesk,
  '/(desk)/desk/customers/[id]/sign-in?out': atAnyDesk,
  '/(desk)/desk/customers/[id]/sign-in?factor': { own: answering, foreign: answering, missing: nobodyElse }
};
