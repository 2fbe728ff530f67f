/** Safety before service: no page takes free text in without reading it for danger first. */
import { expect, test } from 'vitest';
import { carried } from '../../src/lib/forms/free-text.ts';
import { filesOf, read } from './source.ts';

/** Forms that take no free text, and what they take instead. */
const takesNone: Record<string, string> = {
  '(desk)/desk/(queue)/+page.server.ts': 'which requests to take, and a search of the staff',
  '(desk)/desk/(queue)/requests/[reference]/+page.server.ts': 'what staff write and do',
  '(desk)/desk/(queue)/requests/[reference]/draft/+server.ts': 'what staff are writing',
  '(desk)/desk/(queue)/requests/[reference]/presence/+server.ts': 'who looks at it',
  '(home)/bills/programmes/autopay/demo/+page.server.ts': 'which made-up card',
  '(home)/orders/[reference]/time/+page.server.ts': 'which slot',
  '(home)/orders/prebuy/+page.server.ts': 'how many, of which offer',
  '(home)/orders/refills/[id]/+page.server.ts': 'numbers, choices and a day',
  '(home)/orders/refills/new/+page.server.ts': 'numbers, choices and a day',
  '(home)/payments/[reference]/demo/+page.server.ts': 'yes or no',
  '(open)/payments/webhook/+server.ts': 'what a program has signed',
  '(home)/requests/[reference]/read/+server.ts': 'how far they have read',
  '(desk)/desk/accounts/+page.server.ts': 'a search of the staff, and which account',
  '(desk)/desk/articles/new/+page.server.ts': 'an answer, by the staff',
  '(desk)/desk/articles/[slug]/+page.server.ts': 'an answer, by the staff',
  '(desk)/desk/articles/[slug]/versions/+page.server.ts': 'which version',
  '(desk)/desk/bot/+page.server.ts': 'a question to teach, by the staff; dangerous ones are refused',
  '(desk)/desk/bot/lessons/+page.server.ts': 'which lesson or version, by the staff',
  '(desk)/desk/calls/+page.server.ts': 'how a call went, by the staff',
  '(desk)/desk/chats/+page.server.ts': 'which conversation, by the staff, and whether they take any',
  '(desk)/desk/chats/presence/+server.ts': 'that a desk is open',
  '(desk)/desk/customers/+page.server.ts': 'a search of the staff',
  '(desk)/desk/customers/[id]/+page.server.ts': 'the digits of a meter, whose access to end, by the staff',
  '(desk)/desk/customers/[id]/closing/+page.server.ts': 'a choice, and why it is held, by the staff',
  '(desk)/desk/customers/[id]/payments/+page.server.ts': 'what was paid and how, by the staff',
  '(desk)/desk/customers/[id]/invite/+page.server.ts': 'an address, choices and a day, by the staff',
  '(desk)/desk/customers/[id]/programmes/[kind]/+page.server.ts': 'choices, a day, an amount, by the staff',
  '(desk)/desk/customers/[id]/access/[member]/+page.server.ts': 'a choice and a day',
  '(desk)/desk/customers/[id]/data/+page.server.ts': 'a choice',
  '(desk)/desk/customers/[id]/details/+page.server.ts': 'a name, numbers, an address, choices',
  '(desk)/desk/customers/[id]/email/+page.server.ts': 'an address and a choice',
  '(desk)/desk/customers/[id]/letters/+page.server.ts': 'choices and two times',
  '(desk)/desk/customers/[id]/priority/+page.server.ts': 'choices and a day, by the staff',
  '(desk)/desk/deliveries/+page.server.ts': 'a code, numbers and choices, by the staff',
  '(desk)/desk/orders/+page.server.ts': 'which refund was handed on',
  '(desk)/desk/orders/[reference]/+page.server.ts': 'steps of an order, by the staff',
  '(desk)/desk/day/+page.server.ts': 'what a technician reports',
  '(desk)/desk/slots/+page.server.ts': 'hours, places and names of areas, by the staff',
  '(desk)/desk/today/+page.server.ts': 'who goes, and what was paid, by the staff',
  '(desk)/desk/readings/+page.server.ts': 'whether a reading counts',
  '(desk)/desk/orders/new/+page.server.ts':
    'what an agent takes down: numbers, a slot, how the driver finds the door',
  '(desk)/desk/products/+page.server.ts': 'names and prices, by the staff',
  '(desk)/desk/stock/+page.server.ts': 'numbers, days and why, by the staff',
  '(desk)/desk/replies/+page.server.ts': 'what the staff say often',
  '(open)/chat/read/+server.ts': 'how far somebody has read',
  '(home)/orders/new/ahead/+page.server.ts': 'how many',
  '(desk)/desk/emergencies/+page.server.ts': 'which calls are acknowledged at once',
  '(desk)/desk/emergencies/[reference]/+page.server.ts':
    'steps of an emergency that is known, and where it is',
  '(desk)/desk/emergencies/wording/+page.server.ts': 'that the words were read',
  '(desk)/desk/staff/+page.server.ts': 'which invitation, and a search of the staff',
  '(desk)/desk/staff/[id]/+page.server.ts': 'a role, a team, a colleague',
  '(desk)/desk/staff/invite/+page.server.ts': 'a name, an address, a role',
  '(desk)/desk/staff/teams/+page.server.ts': 'the name of a team',
  '(desk)/desk/staff/teams/[id]/+page.server.ts': 'the name of a team',
  '(open)/account/+page.server.ts': 'a name, a number, a language',
  '(desk)/desk/depots/+page.server.ts': 'a name, and which areas',
  '(open)/account/access/+page.server.ts': 'which account to leave, which invitation to take back',
  '(open)/account/access/[account]/[member]/+page.server.ts': 'a choice and a day',
  '(open)/account/access/[account]/invite/+page.server.ts': 'an address, choices and a day',
  '(open)/account/calendar/+page.server.ts': 'which address to end',
  '(open)/account/claim/+page.server.ts': 'a number, a postcode, a code',
  '(open)/account/close/+page.server.ts': 'a choice and a password',
  '(open)/account/data/+page.server.ts': 'a password',
  '(open)/account/details/+page.server.ts': 'numbers, an address, choices',
  '(open)/account/letters/+page.server.ts': 'choices and two times',
  '(open)/account/priority/+page.server.ts': 'choices and a day',
  '(open)/account/email/+page.server.ts': 'an address and a password',
  '(open)/account/password/+page.server.ts': 'passwords',
  '(open)/account/second-factor/+page.server.ts': 'a password and a code',
  '(open)/account/sessions/+page.server.ts': 'which session to end',
  '(open)/emergency/heard/+page.server.ts': 'how to reach somebody whose emergency is known',
  '(open)/first-admin/+page.server.ts': 'a name, an address, a password',
  '(open)/forgotten-password/+page.server.ts': 'an address',
  '(open)/invitation/+page.server.ts': 'a password',
  '(open)/invitation/account/+page.server.ts': 'yes or no',
  '(open)/mail/+page.server.ts': 'whose letter, or its subject, in a demo',
  '(open)/language/+server.ts': 'a language',
  '(open)/reset-password/+page.server.ts': 'a password',
  '(open)/sign-in/+page.server.ts': 'an address and a password',
  '(open)/sign-in/second-factor/+page.server.ts': 'a code',
  '(open)/sign-out/+page.server.ts': 'nothing',
  '(open)/sign-up/+page.server.ts': 'a name, an address, a password',
  '(open)/verify-email/+page.server.ts': 'a password',
  '(open)/verify-email/back/+page.server.ts': 'nothing',
  '(open)/verify-email/new/+page.server.ts': 'nothing'
};

const takes = /\bactions\b\s*[:=]|export const (POST|PUT|PATCH)\b|searchParams\.get\('(q|search)'\)/;
const screens = /\b(safetyFirst|searchSafely|dangerIn)\(/;
/** What a page asks in their stead, and where that reads for danger. */
const inTheirStead = {
  takeRating: 'src/routes/(home)/rate.ts',
  'sendReply|screenReply': 'src/routes/(home)/requests/[reference]/reply.ts',
  'sendMessage|screenMessage': 'src/routes/(open)/chat/saying.ts'
};
const asks = new RegExp(`\\b(${Object.keys(inTheirStead).join('|')})\\(`);
const nameOf = (file: string) => file.replace('src/routes/', '');

const doors = filesOf('src/routes/**/{+page,+layout}.server.ts')
  .concat(filesOf('src/routes/**/+server.ts'))
  .filter((file) => takes.test(read(file)));

test.each(doors)('%s reads what comes in for danger, or takes no free text', (file) => {
  expect(screens.test(read(file)) || asks.test(read(file)) || nameOf(file) in takesNone).toBe(true);
});

test.each(Object.values(inTheirStead))('%s reads what comes in for danger', (file) => {
  expect(screens.test(read(file))).toBe(true);
});

test('the list of forms without free text names only forms that are there', () => {
  expect(Object.keys(takesNone).filter((name) => !doors.map(nameOf).includes(name))).toEqual([]);
});

test('what a form carries hidden is not taken for words that somebody typed', () => {
  const hidden = filesOf('src/**/*.svelte').flatMap((file) =>
    [...read(file).matchAll(/<input\s[^>]*type="hidden"[^>]*>/g)].flatMap(
      ([input]) => /name="(\w+)"/.exec(input)?.[1] ?? []
    )
  );
  expect(hidden.length).toBeGreaterThan(10);
  expect(hidden.filter((name) => !carried.has(name))).toEqual([]);
});
