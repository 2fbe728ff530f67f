/** Whatever reads a text that a stranger may have sent is tried on a long one of the worst, or its text is not theirs. */
import { expect, test } from 'vitest';
import { cleaners } from '../support/cleaners.ts';
import { filesOf, read } from './source.ts';

const readers = [
  ...filesOf('src/lib/{platform,postgres}/**/*.ts'),
  ...filesOf('src/lib/forms/{number,whole}.ts'),
  ...filesOf('src/lib/safety/{normalise,spoken,supply}.ts'),
  ...filesOf(
    'src/lib/{accounts,billing,chat,desk,events,files,help,payments,people,prebuy,requests,slots,visits}/*.ts'
  ),
  ...filesOf('src/lib/imports/*.ts'),
  ...filesOf('src/lib/files/server/**/*.ts'),
  ...filesOf('src/lib/catalogue/search.ts')
].map((file) => file.replace('src/lib/', ''));

const ours = 'names, keys and days that we write ourselves';
const configured = 'what whoever runs Hearth has set';

/** What takes a text and need not be tried: a module, or one of what it exports, and why. */
const excused: Record<string, string> = {
  'platform/cookie.ts hostCookie': ours,
  'platform/dates.ts todayAt': ours,
  'platform/dates.ts writeDate': ours,
  'platform/dates.ts writeMonth': ours,
  'platform/loopback.ts': configured,
  'platform/posted.ts keyOfDigest': 'a digest',
  'platform/server/data-dir.ts': configured,
  'postgres/server/database-server.ts': configured,
  'platform/server/db.ts': configured,
  'postgres/server/account.ts': configured,
  'postgres/server/cluster.ts': configured,
  'postgres/server/logins.ts': configured,
  'postgres/server/place.ts': configured,
  'postgres/server/supervisor.ts': configured,
  'files/server/scan.ts': configured,
  'files/server/storage.ts openStorage': configured,
  'platform/server/instant.ts': 'a moment as PostgreSQL writes it',
  'platform/server/migrate.ts': configured,
  'platform/server/processes.ts': ours,
  'platform/server/roles.ts': configured,
  'platform/server/runtime.ts': ours,
  'platform/server/seal.ts seal': 'hidden as it stands, whatever it is',
  'platform/server/short-road.ts': ours,
  'platform/server/supervised.ts': ours,
  'platform/server/variables.ts': configured,
  'platform/server/webhook.ts': ours,
  'platform/server/working-days.ts': configured,
  'accounts/access-form.ts endOf': 'a day that was judged before',
  'accounts/priority-renewal.ts renewalStage': ours,
  'accounts/reading-due.ts monthOf': ours,
  'accounts/reading.ts daysBetween': ours,
  'billing/card.ts brandName': 'what the provider calls it',
  'billing/consumption.ts counted': ours,
  'billing/instalments.ts laterBy': ours,
  'billing/instalments.ts paidBy': ours,
  'billing/plan.ts isPlan': ours,
  'billing/taking.ts nextTry': ours,
  'billing/money.ts minorDigits': configured,
  'payments/noted.ts earliestNoted': ours,
  'payments/noted.ts mostNoted': configured,
  'billing/typed-amount.ts leastOf': configured,
  'billing/typed-amount.ts amountField': configured,
  'billing/typed-amount.ts amountOrNothing': configured,
  'chat/turn.ts hrefInChat': 'an address that we or staff write',
  'forms/number.ts nameOfCurrency': configured,
  'help/article.ts': 'an article that staff wrote, cut to what a table holds',
  'help/form.ts typedOf': ours,
  'prebuy/rules.ts judgeUnits': 'reads by `wholeIn` alone',
  'people/doors.ts': ours,
  'people/landing.ts withNext': ours,
  'desk/queue.ts usualQueue': ours,
  'desk/saved-reply.ts': 'a reply that staff wrote, cut to what a table holds',
  'requests/status-text.ts sayDay': ours,
  'slots/hours.ts': ours,
  'slots/planning-form.ts mondayOf': ours,
  'slots/planning-form.ts extraForm': configured,
  'slots/planning-form.ts patternForm': configured,
  'slots/planning-form.ts rulesForm': configured,
  'help/markdown.ts': 'an article that staff wrote, cut to what a table holds'
};

/** What is exported as a function whose first argument is a text. */
function takingText(module: string) {
  const declared = /^export (?:async )?(?:function (\w+)\(|const (\w+) = (?:async )?\()\s*\w+\??: string\b/gm;
  return [...read(`src/lib/${module}`).matchAll(declared)].map(([, one, other]) => one ?? other ?? '');
}

const isTried = (module: string, name: string) =>
  cleaners[module]?.some((call) => call.startsWith(`${name}(`)) ?? false;

test('every reader of outside text is tried on the worst, or excused with a reason', () => {
  const used = new Set<string>();
  const forgotten = readers.flatMap((module) =>
    takingText(module)
      .filter((name) => !isTried(module, name))
      .flatMap((name) => {
        const excuse = [module, `${module} ${name}`].find((each) => each in excused);
        if (excuse) used.add(excuse);
        return excuse ? [] : [`${module} ${name}`];
      })
  );
  expect(forgotten).toEqual([]);
  expect(Object.keys(excused).filter((each) => !used.has(each))).toEqual([]);
});
