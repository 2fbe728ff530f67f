/** Some who asked twice about the same thing: the younger of the two was merged into the older. */
import type { ServiceType } from '#lib/forms/definition.ts';
import type { Chance } from './chance.ts';
import { live, type Agent, type Customer } from './life.ts';

type Lived = ReturnType<typeof live>;

interface Setting {
  types: readonly ServiceType[];
  customers: readonly Customer[];
  agents: readonly Agent[];
  /** How a life of somebody's begins: what `live` must know beside. */
  now: Date;
  zone: string;
  calendars: Parameters<typeof live>[0]['calendars'];
}

const hour = 3_600_000;
const pairs = 5;

/** One of Ada's and some of others; returns the ones that were merged. Those that go on say so on their timelines. */
export function mergeSome(history: readonly Lived[], setting: Setting, luck: Chance): Lived[] {
  const [ada] = setting.customers;
  const fit = history.filter(
    ({ request: { status, submitted_at, agent_id } }) =>
      status === 'open' && agent_id && submitted_at.getTime() < setting.now.getTime() - 12 * hour
  );
  const hers = fit.filter(({ request }) => request.requester_id === ada?.id).slice(-1);
  const others = fit.filter(({ request }) => request.requester_id !== ada?.id).slice(-(pairs - hers.length));
  return [...hers, ...others].flatMap((into) => askAgain(into, setting, luck));
}

/** The same words once more, some hours later, seen by whoever has the first. */
function askAgain(into: Lived, { types, customers, agents, ...time }: Setting, luck: Chance): Lived[] {
  const { service_type, requester_id, agent_id, submitted_at, description } = into.request;
  const type = types.find(({ code }) => code === service_type);
  const customer = customers.find(({ id }) => id === requester_id);
  const agent = agents.find(({ id }) => id === agent_id);
  if (!type || !customer || !agent) return [];

  const submitted = new Date(submitted_at.getTime() + luck.whole(1, 5) * hour);
  const again = live(
    { ...time, type, customer, agent, submitted, status: 'submitted', neglected: false, description },
    luck
  );
  merge(again, into, agent, time.now);
  return [again];
}

function merge(one: Lived, into: Lived, agent: Agent, now: Date) {
  const last = Math.max(one.request.updated_at.getTime(), into.request.updated_at.getTime());
  const at = new Date(Math.min(last + hour, now.getTime() - 60_000));
  const by = { visibility: 'public', actor_id: agent.id, actor_role: 'agent', at } as const;

  add(one, { ...by, kind: 'status', payload: { from: one.request.status, status: 'merged' } });
  Object.assign(one.request, {
    ...{ status: 'merged', merged_into: into.request.id, due_at: 'infinity', closed_at: at }
  });
  for (const promise of one.promises)
    if (!promise.ended_at) Object.assign(promise, { state: 'dropped', ended_at: at });
  add(into, { ...by, kind: 'merged', payload: { request: one.request.id } });
}

function add({ request, events }: Lived, event: Omit<Lived['events'][number], 'number' | 'request_id'>) {
  request.last_number += 1;
  request.updated_at = event.at;
  events.push({ ...event, number: request.last_number, request_id: request.id });
}
