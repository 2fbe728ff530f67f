/** What became of the programmes of accounts that somebody may see, as lines of their history, each with who did it. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, seenBy } from '#lib/accounts/server/history.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import type { DunningStep } from '../dunning/ladder.ts';
import type { ByWhom, ProgrammeDeed, ProgrammeKind } from '../programme.ts';

interface Row {
  at: string;
  key: string;
  what: ProgrammeDeed;
  kind: ProgrammeKind;
  number: string;
  by_whom: ByWhom;
  own: boolean;
  staff: string | null;
}

export async function programmeHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const { marks, ofPage } = pageOf('programme', actor, window);
  const { rows } = await sql<Row>`
    select ${marks}, e.what, g.kind, a.number, e.by_whom,
           e.actor_id is not distinct from ${actor.id} as own, s.name as staff
    from programme_event e join programme g on g.id = e.programme_id join account a on a.id = e.account_id
    left join person s on s.id = e.actor_id and s.role <> 'customer'
    where ${ofPage}`.execute(db);
  return rows.map((row) => ({
    ...{ kind: 'change' as const, at: row.at, key: row.key, day: false, account: row.number },
    text: told(row, t),
    href: `/bills/programmes/${row.kind}?account=${row.number}`
  }));
}

/** Each step of reminding of what is overdue. */
export async function dunningHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const { marks, ofPage } = pageOf('dunning', actor, window);
  const { rows } = await sql<{ at: string; key: string; step: DunningStep; number: string }>`
    select ${marks}, e.step, a.number
    from dunning_event e join account a on a.id = e.account_id
    where ${ofPage}`.execute(db);
  return rows.map(({ at, key, step, number }) => ({
    ...{ kind: 'bill' as const, at, key, day: false, account: number },
    text: t(`dunning.history_${step}`),
    href: `/bills?account=${number}`
  }));
}

/** What a line of such events is ordered by, and which of them are on the page. */
function pageOf(kind: 'programme' | 'dunning', actor: PersonActor, window: Window) {
  const at = sql`e.at`;
  const key = sql`${`${kind}-`}::text || lpad(e.seq::text, 12, '0')`;
  return {
    marks: sql`${asMark(at)} as at, ${key} as key`,
    ofPage: sql`e.account_id in ${seenBy(actor)} and ${before(at, key, window)}
      order by e.at desc, key desc limit ${window.most}`
  };
}

function told({ what, kind, by_whom, own, staff }: Row, t: Words) {
  const name = t(`programmes.${kind}`);
  const deed =
    kind === 'autopay' && what === 'broken'
      ? t('autopay.stopped', { name })
      : t(`programmes.deed_${what}`, { name });
  if (by_whom === 'system') return deed;
  if (own) return t('programmes.by_you', { what: deed });
  return staff
    ? t('programmes.by_staff', { what: deed, name: staff })
    : t('programmes.by_other', { what: deed });
}
