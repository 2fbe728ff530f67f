/** Who may get what from outside. What stands in neither table is not allowed to exist: `matrix.test.ts` fails. */
import { accountOpened, accountSent } from './access-account.ts';
import { botOpened, botSent } from './access-bot.ts';
import { ordersOpened, ordersSent } from './access-orders.ts';
import { callsOpened, callsSent } from './access-calls.ts';
import { customersOpened, customersSent } from './access-customers.ts';
import { visitsOpened, visitsSent } from './access-visits.ts';

/** The columns of both tables, in this order. */
export const everybody = ['nobody', 'owner', 'other', 'viewer', 'agent', 'supervisor', 'admin'] as const;
export type Who = (typeof everybody)[number];

/**
 * The request at hand: Ada's and of the agent's team, somebody else's and another team's, or none at all. Of staff: a
 * colleague in the supervisor's team, or in another.
 */
export const subjects = ['own', 'foreign', 'missing'] as const;
export type Subject = (typeof subjects)[number];

/**
 * `yes`: it is there. `door`: led to sign in (or 401, when something was sent). `away`: led to their own place.
 * `none`: there is nothing here. `why`: asked for a reason first.
 */
export type Outcome = 'yes' | 'door' | 'away' | 'none' | 'why';

/** One outcome for each of `everybody`, or for each subject such a line. */
export type Line = string | Record<Subject, string>;

const anybody = 'yes  yes  yes  yes  yes  yes  yes';
const notStaff = 'yes  yes  yes  yes  away away away';
const signedIn = 'door yes  yes  yes  yes  yes  yes';
const signedOut = 'yes  away away away away away away';
const theDesk = 'door none none none yes  yes  yes';
/** Pages about whoever opens them; without an account they say so. */
const ownPages = 'door yes  yes  yes  none none none';
const admins = 'door none none none none none yes';
const nowhere = 'none none none none none none none';
const aboutStaff = {
  own: admins,
  foreign: admins,
  missing: 'door none none none none none none'
};
/** Whose it is makes no difference: the look is written down. */
const atAnyDesk = {
  own: theDesk,
  foreign: theDesk,
  missing: 'door none none none none none none'
};
/** A kind of request that is on offer, one that is no more, and one that never was. */
const kindOfRequest = (own: string, other = nowhere) => ({ own, foreign: other, missing: other });
const requestOfCustomer = {
  own: 'door yes  none yes  none none none',
  foreign: 'door none none none none none none',
  missing: 'door none none none none none none'
};

const atHome = {
  own: 'door yes  none none none none none',
  foreign: 'door none none none none none none',
  missing: 'door none none none none none none'
};
/** A page that only a demo has, or somebody who takes payments. */
const outsideDemo = 'door none none none none none none';

/** What comes back when an address is opened. */
export const opened: Record<string, Line> = {
  ...accountOpened,
  ...customersOpened,
  ...ordersOpened,
  ...visitsOpened,
  '/(desk)/desk/(queue)': theDesk,
  '/(desk)/desk/(queue)/requests/[reference]': {
    own: 'door none none none yes  yes  yes',
    foreign: 'door none none none why  yes  yes',
    missing: 'door none none none why  none none'
  },
  '/(desk)/desk/accounts': theDesk,
  '/(desk)/desk/articles': theDesk,
  '/(desk)/desk/articles/new': theDesk,
  '/(desk)/desk/articles/[slug]': atAnyDesk,
  '/(desk)/desk/articles/[slug]/versions': atAnyDesk,
  '/(desk)/desk/bills/[number]/pdf': atAnyDesk,
  ...botOpened,
  ...callsOpened,
  '/(desk)/desk/chats': theDesk,
  '/(desk)/desk/emergencies': theDesk,
  '/(desk)/desk/emergencies/[reference]': atAnyDesk,
  '/(desk)/desk/emergencies/wording': admins,
  '/(desk)/desk/emergencies/record.csv': 'door none none none none yes  yes',
  '/(desk)/desk/readings': theDesk,
  '/(desk)/desk/requests/new': theDesk,
  '/(desk)/desk/staff': 'door none none none none yes  yes',
  '/(desk)/desk/staff/[id]': {
    own: 'door none none none none yes  yes',
    foreign: admins,
    missing: 'door none none none none none none'
  },
  '/(desk)/desk/staff/changes': admins,
  '/(desk)/desk/staff/invite': admins,
  '/(desk)/desk/staff/teams': admins,
  '/(desk)/desk/staff/teams/[id]': aboutStaff,
  '/(home)/bills': ownPages,
  '/(home)/bills/[number]': requestOfCustomer,
  '/(home)/bills/[number]/pay': atHome,
  '/(home)/bills/[number]/pdf': requestOfCustomer,
  '/(home)/bills/programmes': ownPages,
  '/(home)/bills/programmes/[kind]': {
    own: 'door yes  none yes  none none none',
    foreign: 'door none none none none none none',
    missing: 'door none none none none none none'
  },
  '/(home)/bills/programmes/autopay/demo': outsideDemo,
  '/(home)/payments/[reference]': requestOfCustomer,
  '/(home)/payments/[reference]/pdf': requestOfCustomer,
  '/(home)/payments/[reference]/demo': { own: outsideDemo, foreign: outsideDemo, missing: outsideDemo },
  '/(home)/readings': ownPages,
  '/(home)/usage': ownPages,
  '/(home)/usage/usage.csv': 'door yes  none yes  none none none',
  '/(home)/usage/green-button.xml': 'door none none none none none none',
  '/(home)/requests': 'door yes  yes  yes  away away away',
  '/(home)/requests/[reference]': requestOfCustomer,
  '/(home)/requests/[reference]/receipt': requestOfCustomer,
  '/(open)': anybody,
  '/(open)/about': anybody,
  '/(open)/accessibility': anybody,
  '/(open)/chat': notStaff,
  // A link that we never wrote leads to the chat, whoever follows it.
  '/(open)/chat/again/[token]': 'away away away away away away away',
  '/(open)/complaints': anybody,
  '/(open)/contact': anybody,
  '/(open)/emergency': anybody,
  '/(open)/emergency/heard': anybody,
  '/(open)/first-admin': anybody,
  '/(open)/invitation': anybody,
  '/(open)/forgotten-password': anybody,
  // Letters are kept for looking at in a demonstration only, and this is none.
  '/(open)/mail': nowhere,
  '/(open)/mail/[id]': { own: nowhere, foreign: nowhere, missing: nowhere },
  '/(open)/nothing': nowhere,
  '/(open)/prices': anybody,
  '/(open)/privacy': anybody,
  '/(home)/history': ownPages,
  '/(home)/history/history.csv': ownPages,
  '/(open)/help': anybody,
  '/(open)/help/[slug]': { own: anybody, foreign: nowhere, missing: nowhere },
  '/(open)/robots.txt': anybody,
  '/(open)/sitemap.xml': anybody,
  '/(open)/requests/new': anybody,
  '/(open)/requests/new/[code]': kindOfRequest(notStaff, 'none none none none away away away'),
  '/(open)/reset-password': anybody,
  '/(open)/sign-in': signedOut,
  // Only between the password and the code.
  '/(open)/sign-in/second-factor': 'away away away away away away away',
  '/(open)/sign-out': 'away yes  yes  yes  yes  yes  yes',
  '/(open)/sign-up': signedOut,
  '/(open)/verify-email': anybody,
  '/(open)/verify-email/back': anybody,
  '/(open)/verify-email/new': anybody,
  '/health': anybody,
  '/ready': anybody,
  '/live': signedIn,
  uploadsPath: {
    own: 'none yes  none none none none none',
    foreign: nowhere,
    missing: nowhere
  },
  filesPath: {
    own: 'none yes  none yes  yes  yes  yes',
    foreign: 'none none none none none yes  yes',
    missing: nowhere
  }
};

const atTheDesk = {
  own: theDesk,
  foreign: 'door none none none none yes  yes',
  missing: 'door none none none none none none'
};

/**
 * What comes back when a form is sent. Where it is `yes` the form is not sent here, by design: the matrix holds that
 * nothing at all changes, on one town for all its lines. That each form works for those who may is shown by the tests of
 * its command and by the journeys.
 */
export const sent: Record<string, Line> = {
  ...accountSent,
  ...customersSent,
  ...ordersSent,
  ...visitsSent,
  '/(desk)/desk/(queue)/requests/[reference]?open': atAnyDesk,
  ...Object.fromEntries(
    [
      'take',
      'assign',
      'priority',
      'status',
      'begin',
      'visit',
      'slot',
      'call_off',
      'needs_visit',
      'merge',
      'cancel',
      'link',
      'find',
      'reply',
      ...['note', 'transfer', 'give_back']
    ].map((action) => [`/(desk)/desk/(queue)/requests/[reference]?${action}`, atTheDesk])
  ),
  '/(desk)/desk/(queue)/requests/[reference]/draft?POST': atTheDesk,
  '/(desk)/desk/(queue)/requests/[reference]/presence?POST': atTheDesk,
  '/(desk)/desk/articles/new?save': theDesk,
  '/(desk)/desk/articles/new?propose': theDesk,
  '/(desk)/desk/articles/[slug]?save': atAnyDesk,
  '/(desk)/desk/articles/[slug]?propose': atAnyDesk,
  '/(desk)/desk/articles/[slug]?approve': atAnyDesk,
  '/(desk)/desk/articles/[slug]?back': atAnyDesk,
  '/(desk)/desk/articles/[slug]?withdraw': atAnyDesk,
  '/(desk)/desk/articles/[slug]?retire': atAnyDesk,
  '/(desk)/desk/articles/[slug]/versions?default': atAnyDesk,
  ...botSent,
  ...callsSent,
  '/(desk)/desk/chats?accept': theDesk,
  '/(desk)/desk/chats?available': theDesk,
  '/(desk)/desk/chats/presence?POST': theDesk,
  '/(desk)/desk/emergencies?acknowledge': theDesk,
  '/(desk)/desk/emergencies/[reference]?contact': atAnyDesk,
  '/(desk)/desk/emergencies/[reference]?move': atAnyDesk,
  '/(desk)/desk/emergencies/wording?approve': admins,
  '/(desk)/desk/accounts?find': theDesk,
  '/(desk)/desk/accounts?code': theDesk,
  '/(desk)/desk/readings?decide': theDesk,
  '/(desk)/desk/requests/new?caller': theDesk,
  '/(desk)/desk/requests/new?log': theDesk,
  '/(desk)/desk/staff?again': admins,
  '/(desk)/desk/staff?withdraw': admins,
  '/(desk)/desk/staff/[id]?role': aboutStaff,
  '/(desk)/desk/staff/[id]?reset': aboutStaff,
  '/(desk)/desk/staff/[id]?deactivate': aboutStaff,
  '/(desk)/desk/staff/[id]?reactivate': aboutStaff,
  '/(desk)/desk/staff/invite?invite': admins,
  '/(desk)/desk/staff/teams?make': admins,
  '/(desk)/desk/staff/teams?route': admins,
  '/(desk)/desk/staff/teams/[id]?rename': aboutStaff,
  '/(desk)/desk/staff/teams/[id]?retire': aboutStaff,
  '/(home)/bills/[number]/pay?default': { own: outsideDemo, foreign: outsideDemo, missing: outsideDemo },
  '/(home)/bills/programmes/[kind]?join': atHome,
  '/(home)/bills/programmes/[kind]?leave': atHome,
  '/(home)/bills/programmes/autopay/demo?default': outsideDemo,
  '/(home)/payments/[reference]/demo?default': {
    own: outsideDemo,
    foreign: outsideDemo,
    missing: outsideDemo
  },
  // Whoever tells of payments is known by their signature; and here nobody takes any.
  '/(open)/payments/webhook?POST': nowhere,
  '/(open)/texts/webhook?POST': nowhere,
  '/(home)/readings?default': 'door yes  none none none none none',
  '/(home)/requests/[reference]?reply': atHome,
  '/(home)/requests/[reference]/draft?POST': atHome,
  '/(home)/requests/[reference]/read?POST': requestOfCustomer,
  '/(home)/requests/[reference]?cancel': atHome,
  '/(home)/requests/[reference]?reopen': atHome,
  '/(home)/requests/[reference]?confirm': atHome,
  '/(open)/emergency/heard?safe': anybody,
  '/(open)/emergency/heard?words': anybody,
  '/(open)/emergency/heard?contact': anybody,
  '/(open)/emergency/heard?confirm': anybody,
  '/(open)/first-admin?default': anybody,
  '/(open)/invitation?default': anybody,
  '/(open)/forgotten-password?default': anybody,
  '/(open)/help/[slug]?helped': {
    own: 'yes  yes  yes  yes  none none none',
    foreign: nowhere,
    missing: nowhere
  },
  '/(open)/language?POST': anybody,
  '/(open)/requests/new/[code]?review': kindOfRequest(anybody),
  '/(open)/requests/new/[code]?send': kindOfRequest(anybody),
  '/(open)/requests/new/[code]?another': kindOfRequest(anybody),
  '/(open)/requests/new/[code]?append': kindOfRequest(anybody),
  '/(open)/requests/new/[code]/draft?POST': kindOfRequest(anybody),
  '/(open)/reset-password?default': anybody,
  '/(open)/sign-in?default': anybody,
  '/(open)/sign-in/second-factor?default': anybody,
  '/(open)/sign-out?default': anybody,
  '/(open)/sign-up?default': anybody,
  '/(open)/verify-email?default': anybody,
  '/(open)/verify-email/back?default': anybody,
  '/(open)/verify-email/new?default': anybody
};

/** What the table says for somebody and a subject. */
export function expected(line: Line, who: Who, subject: Subject): string {
  const text = typeof line === 'string' ? line : line[subject];
  return text.split(/ +/)[everybody.indexOf(who)] ?? '';
}
