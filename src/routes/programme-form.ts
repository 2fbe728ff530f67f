/** What the customer's pages of programmes and the desk's have in common: what may be offered, and what was asked for. */
import { fail } from '@sveltejs/kit';
import { beginCard } from '#lib/payments/server/cards.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { programmesOf, circumstancesOf } from '#lib/programmes/server/queries.ts';
import { planOf } from '#lib/billing/server/plan.ts';
import { enrol, enrolledBefore, leave, type Asked } from '#lib/programmes/server/commands.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { ladderOf, withinYear } from '#lib/programmes/dunning/ladder.ts';
import { isInForce, programmeKinds, type ProgrammeKind } from '#lib/programmes/programme.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import {
  readWish,
  wishFields,
  type Circumstances,
  type Proposal,
  type Read,
  type Typed
} from '#lib/programmes/wishes.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Words } from '#lib/platform/words.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { above, again, answer } from './form-action.ts';
import { outOfReach } from './out-of-reach.ts';

export const rules = rulesOf(config.jurisdiction);
export const today = () => dayAt(new Date(), config.timeZone);

export const ladder = ladderOf(config.jurisdiction);

/** Whether it is the time of the year in which nobody is cut off for a bill. */
export const isWinter = (day: string) =>
  ladder.winter !== null && !ladder.winter.onlyPriority && withinYear(day.slice(5), ladder.winter);

/** The plan in force on an account, as pages show it beside bills. */
export const planNow = (db: Db, account: string) => planOf(db, account, today(), rules);

export const kindIn = (text: string): ProgrammeKind =>
  programmeKinds.find((kind) => kind === text) ?? refuse('missing', 'errors.missing');

/** All of an account that programmes are about. A card is typed by its owner: nobody is asked for one at the desk. */
export async function programmesNow(db: Db, account: string, { atDesk = false } = {}) {
  const day = today();
  const [bills, programmes, plan] = await Promise.all([
    readBills(db, account),
    programmesOf(db, account),
    planOf(db, account, day, rules)
  ]);
  const around: Circumstances = {
    account: circumstancesOf(bills, programmes, day, config.currency),
    rules,
    today: day,
    keepsCards: !atDesk && providerOf(db, config) !== null
  };
  return {
    ...{ programmes, plan, around, bill: bills.bills[0]?.number ?? null },
    inForce: programmes.filter(({ state }) => isInForce(state))
  };
}

/** What a form or an address says, as text. */
export const typedFrom = (source: FormData | URLSearchParams): Typed =>
  Object.fromEntries(
    wishFields.map((name) => {
      const given = source instanceof FormData ? textIn(source, name) : (source.get(name) ?? '');
      return [name, given.slice(0, 200)];
    })
  );

interface Joining {
  account: { id: string; number: string };
  kind: ProgrammeKind;
  form: FormData;
  /** Where it leads once it is done. */
  done: string;
  atDesk?: boolean;
}

/** Joins what a form asks for, and leads on. Returns only what is wrong. */
export async function join(locals: App.Locals, actor: PersonActor, joining: Joining) {
  const { db, t } = locals;
  const { account, kind, form, done, atDesk = false } = joining;
  const typed = typedFrom(form);
  const asked = { key: keyOf(textIn(form, 'key')), content: [account.id, kind, typed] };
  const join = async () => {
    if (await enrolledBefore(db, actor, asked)) return done;
    const { around } = await programmesNow(db, account.id, { atDesk });
    const read = readWish(kind, typed, around);
    const wrong = (status: number, problems: Record<string, string>) => fail(status, { typed, problems });
    if (!read.ok) return wrong(422, problemsOf(read, t, around, atDesk ? '_theirs' : ''));
    const { proposal } = read;
    if (proposal.amount !== null && textIn(form, 'shown') !== String(proposal.amount))
      return wrong(409, { '': t('programmes.changed') });
    return (await begin(locals, actor, { ...asked, account, proposal, today: around.today })) ?? done;
  };
  return answer(t, join, again(typed));
}

/** Leaves it, and leads on. */
export const leaveProgramme = ({ db, t }: App.Locals, { account, kind, done }: Omit<Joining, 'form'>) =>
  answer(t, async () => (await leave(db, account.id, kind, today()), done), above);

interface Begun extends Asked {
  account: Joining['account'];
  proposal: Proposal;
  today: string;
}

/** Begins what was read. A card begins only once the provider keeps it: then its page is what follows. */
async function begin(
  { db, locale }: App.Locals,
  actor: PersonActor,
  { account, proposal, key, content, today }: Begun
): Promise<string | null> {
  if (proposal.method !== 'card') {
    await enrol(db, actor, { account: account.id, proposal, key, content, today });
    return null;
  }
  const provider = providerOf(db, config) ?? refuse('missing', 'errors.missing');
  const { most, currency } = proposal;
  const returnUrl = `${config.origin}/bills/programmes/autopay?account=${account.number}&back`;
  const asked = { account: account.id, most, currency, key, locale, returnUrl, today };
  return beginCard(db, actor, provider, asked).catch(
    outOfReach('a card could not be asked for', 'autopay.unavailable')
  );
}

type Refused = Exclude<Read, { ok: true }>;

/** What is wrong with what was asked for, in words. */
export function problemsOf(read: Refused, t: Words, { account }: Circumstances, theirs: '' | '_theirs' = '') {
  if (read.why !== null) return { '': t(`programmes.why_${read.why}${theirs}`) } as Record<string, string>;
  const { currency } = account;
  return Object.fromEntries(
    Object.entries(read.problems).map(([name, key]) => [name, t(`programmes.${key}`, { currency })])
  );
}
