/** Who may get what of the settings, and of the pages about who comes to an account. Part of the tables of `access.ts`. */
import type { Line } from './access.ts';

const anybody = 'yes  yes  yes  yes  yes  yes  yes';
const nowhere = 'none none none none none none none';
const signedIn = 'door yes  yes  yes  yes  yes  yes';
const customers = 'door yes  yes  yes  none none none';
/** About others who come to an account: for who holds it. */
const ofHolder = {
  own: 'door yes  none none none none none',
  foreign: 'door none none none none none none',
  missing: 'door none none none none none none'
};

const supervisors = 'door none none none none yes  yes';
/** Closing the account of any customer: seen at any desk, decided by supervisors. */
const ofAnyCustomer = (line: string) => ({ own: line, foreign: line, missing: ofHolder.missing });

/** What comes back when an address is opened. */
export const accountOpened: Record<string, Line> = {
  '/(open)/account': signedIn,
  '/(desk)/desk/customers/[id]/closing': ofAnyCustomer('door none none none yes  yes  yes'),
  '/(open)/account/access': customers,
  '/(open)/account/access/[account]/[member]': ofHolder,
  '/(open)/account/access/[account]/invite': ofHolder,
  '/(open)/account/access/[account]/uses': ofHolder,
  '/(open)/account/claim': customers,
  '/(open)/account/changes': customers,
  '/(open)/account/close': customers,
  '/(open)/account/data': customers,
  '/(open)/account/data/[id]': ofHolder,
  '/(open)/account/details': customers,
  '/(open)/account/letters': customers,
  '/(open)/account/texts': customers,
  '/(open)/account/priority': customers,
  '/(open)/account/email': signedIn,
  '/(open)/account/password': signedIn,
  '/(open)/account/second-factor': signedIn,
  '/(open)/account/sessions': signedIn,
  '/(open)/invitation/account': anybody
};

/** What comes back when a form is sent. */
export const accountSent: Record<string, Line> = {
  '/(open)/account?default': signedIn,
  '/(desk)/desk/customers/[id]/closing?ask': ofAnyCustomer(supervisors),
  '/(desk)/desk/customers/[id]/closing?withdraw': ofAnyCustomer(supervisors),
  '/(desk)/desk/customers/[id]/closing?hold': ofAnyCustomer(supervisors),
  '/(desk)/desk/customers/[id]/closing?lift': ofAnyCustomer(supervisors),
  '/(open)/account/access?leave': 'door none none yes  none none none',
  '/(open)/account/access?withdraw': 'door none none yes  none none none',
  '/(open)/account/access/[account]/invite?default': ofHolder,
  '/(open)/account/access/[account]/[member]?change': ofHolder,
  '/(open)/account/access/[account]/[member]?end': ofHolder,
  '/(open)/account/claim?default': customers,
  '/(open)/account/close?close': customers,
  '/(open)/account/close?keep': customers,
  '/(open)/account/data?default': customers,
  '/(open)/account/details?default': customers,
  '/(open)/account/letters?default': customers,
  '/(open)/account/texts?send': customers,
  '/(open)/account/texts?confirm': customers,
  '/(open)/account/texts?stop': customers,
  '/(open)/account/texts?resume': customers,
  '/(open)/account/priority?save': customers,
  '/(open)/account/priority?end': customers,
  '/(open)/account/email?default': signedIn,
  '/(open)/account/password?default': signedIn,
  '/(open)/account/second-factor?begin': signedIn,
  '/(open)/account/second-factor?renew': signedIn,
  '/(open)/account/second-factor?remove': signedIn,
  '/(open)/account/second-factor?confirm': signedIn,
  '/(open)/account/sessions?end': signedIn,
  '/(open)/account/sessions?everywhere': signedIn,
  '/(open)/invitation/account?accept': 'door none none none none none none',
  '/(open)/invitation/account?decline': nowhere
};
