/** What went over a customer's line, held against what they may hear. */
import type { Town } from './town.ts';

interface Told {
  reference: string;
  number: number;
  kind: string;
}

/** Changes in the raw bytes of a stream. What was cut in the middle is no change. */
const changesIn = (said: string): Told[] =>
  [...said.matchAll(/event: change\ndata: (\{.*\})\n/g)].map(([, data = '{}']) => JSON.parse(data) as Told);

/** Everything that this customer was told and must not have been, in words. */
export async function overheard(
  town: Town,
  person: string,
  said: string
): Promise<{ told: number; wrong: string[] }> {
  const changes = changesIn(said);
  const rows = await town.rows<{ reference: string; number: number }>(
    `select r.reference, e.number from request r join request_event e on e.request_id = r.id
     where e.visibility = 'public' and r.reference = any ($1)
       and (r.requester_id = $2 or (not r.private and exists (
         select from account_member m where m.account_id = r.account_id and m.person_id = $2 and m.scope <> 'notices')))`,
    [changes.map(({ reference }) => reference), person]
  );
  const may = new Set(rows.map(({ reference, number }) => `${reference} ${number}`));
  const wrong = changes
    .filter(({ reference, number }) => !may.has(`${reference} ${number}`))
    .map(({ reference, number, kind }) => `${kind} ${number} on ${reference}`);
  if (/event: emergency/.test(said)) wrong.push('an emergency');
  return { told: changes.length, wrong };
}
