/** Whether the proof went through everything that the code knows: what it left out makes it fail. */
import { entryKinds } from '#lib/emergencies/life.ts';
import { canMove, statuses } from '#lib/requests/status.ts';
import { eventKinds } from '#lib/requests/timeline.ts';
import type { Town } from './town.ts';

/** What was to happen and did not, since a moment. What happened is counted in the database, not in our stories. */
export async function leftOut(town: Town, since: Date) {
  const seen = async (what: string) =>
    new Set((await town.rows<{ one: string }>(`select distinct ${what}`, [since])).map(({ one }) => one));
  const events = `from request_event where at >= $1`;
  const by = ['customer', 'staff', 'system'] as const;

  const wanted = {
    'kinds of events': [eventKinds, await seen(`kind as one ${events}`)],
    'moves of status': [
      statuses.flatMap((from) =>
        statuses.filter((to) => by.some((whom) => canMove(from, to, whom))).map((to) => `${from} → ${to}`)
      ),
      await seen(`(payload->>'from') || ' → ' || (payload->>'status') as one ${events} and kind = 'status'`)
    ],
    'outcomes of promises': [
      ['kept', 'missed'],
      await seen(`payload->>'state' as one ${events} and kind = 'promise'`)
    ],
    'outcomes of files': [
      ['ready', 'rejected'],
      await seen(`payload->>'state' as one ${events} and kind = 'attachment'`)
    ],
    'who may read it': [['public', 'internal'], await seen(`visibility as one ${events}`)],
    'entries of emergencies': [entryKinds, await seen('kind as one from emergency_entry where at >= $1')]
  } as const;

  return Object.entries(wanted).map(([name, [all, happened]]) => ({
    name,
    count: all.length,
    missing: all.filter((one) => !happened.has(one))
  }));
}
