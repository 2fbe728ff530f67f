/** What the customer's pages of programmes and the desk's have in common: what may be offered, and what was asked for. */
import { fail } from '@sveltejs/kit';
import { programmesOf, circumstancesOf, planOf } from '#lib/billing/server/programmes/queries.ts';
import { enrol, wasJoined } from '#lib/billing/server/programmes/commands.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { ladderOf, withinYear } from '#lib/billing/dunning/ladder.ts';
import { isInForce, programmeKinds, type ProgrammeKind } from '#lib/billing/programmes/programme.ts';
import { rulesOf } from '#lib/billing/programmes/rules.ts';
import {
  readWish,
  wishFields,
  type Circumstances,
  type Read,
  type Typed
} from '#lib/billing/programmes/wishes.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Words } from '#lib/platform/words.ts';
import { dayAt } from '#lib/requests/status-text.ts';

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

/** All of an account that programmes are about. */
export async function programmesNow(db: Db, account: string) {
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
    // Nothing charges a kept card yet, so none is taken.
    keepsCards: false
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
      return [name, given.slice(0, 40)];
    })
  );

/** Joins what a form asks for. Returns what is wrong, or nothing. */
export async function join(
  { db, actor, t }: { db: Db; actor: PersonActor; t: Words },
  account: string,
  kind: ProgrammeKind,
  form: FormData
) {
  const typed = typedFrom(form);
  const key = keyOf(textIn(form, 'key'));
  if (await wasJoined(db, actor, key)) return null;
  const { around } = await programmesNow(db, account);
  const read = readWish(kind, typed, around);
  if (!read.ok) return fail(422, { typed, problems: problemsOf(read, t, around) });
  const { proposal } = read;
  const shown = textIn(form, 'shown');
  if (proposal.amount !== null && shown !== String(proposal.amount))
    return fail(409, { typed, problems: { '': t('programmes.changed') } });
  const cardName = proposal.method === 'card' ? `demo-${key}` : null;
  try {
    await enrol(db, actor, { account, proposal, key, today: around.today, cardName });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return fail(httpStatus[refusal.kind], { typed, problems: { '': t(refusal.words, refusal.values) } });
  }
  return null;
}

/** What is wrong with what was asked for, in words. */
export function problemsOf(read: Exclude<Read, { ok: true }>, t: Words, { account }: Circumstances) {
  if (read.why !== null) return { '': t(`programmes.why_${read.why}`) } as Record<string, string>;
  return Object.fromEntries(
    Object.entries(read.problems).map(([name, key]) => [
      name,
      t(`programmes.${key}`, { currency: account.currency })
    ])
  );
}
