/** Eighteen months of requests: many long settled, some under way, a few forgotten on purpose. */
import type { ServiceType } from '#lib/forms/definition.ts';
import type { Status } from '#lib/requests/status.ts';
import type { Chance } from './chance.ts';
import { live, type Customer, type Town } from './life.ts';

const day = 24 * 3_600_000;
const months18 = 547;

export function makeHistory({ types, customers, agents, teamOf, now, zone, calendars }: Town, luck: Chance) {
  const lived: ReturnType<typeof live>[] = [];

  const agentFor = (type: ServiceType) => {
    const team = teamOf(type.group);
    return luck.one(agents.filter((agent) => agent.team === team));
  };
  const ask = (customer: Customer, type: ServiceType, age: number, status: Status, neglected = false) =>
    lived.push(
      live(
        {
          type,
          customer,
          agent: agentFor(type),
          submitted: officeHour(age),
          now,
          zone,
          calendars,
          status,
          neglected
        },
        luck
      )
    );

  /** Every kind and every state at least once, whatever chance does afterwards. */
  const states: Status[] = ['submitted', 'open', 'waiting', 'scheduled', 'resolved', 'closed', 'cancelled'];
  types.forEach((type, index) => {
    ask(luck.one(customers), type, luck.whole(20, months18), 'closed');
    const status = states[index % states.length] ?? 'open';
    ask(luck.one(customers), type, luck.whole(1, 12), status, index % 5 === 0);
  });

  customers.forEach((customer, index) => {
    // The two who can be signed in as have more behind them than others.
    const many = index < 2 ? 26 : luck.whole(2, 9);
    for (let each = 0; each < many; each += 1) {
      const age = each < 2 && luck.falls(0.35) ? luck.next() * 9 : 9 + luck.next() * (months18 - 9);
      ask(customer, luck.one(types), age, stateAt(age), luck.falls(0.12));
    }
  });

  const ada = customers[0];
  if (ada)
    for (const [code, age, status] of onAdasDesk) {
      const type = types.find((each) => each.code === code);
      if (type) ask(ada, type, age, status);
    }
  return lived.sort((a, b) => a.request.submitted_at.getTime() - b.request.submitted_at.getTime());

  function stateAt(age: number): Status {
    if (age < 3)
      return luck.weighted([
        ['submitted', 5],
        ['open', 4],
        ['waiting', 1],
        ['cancelled', 0.5]
      ] as const);
    if (age < 9)
      return luck.weighted([
        ['open', 3],
        ['waiting', 2],
        ['scheduled', 3],
        ['resolved', 4],
        ['cancelled', 1]
      ] as const);
    if (age < 20)
      return luck.weighted([
        ['resolved', 5],
        ['closed', 5],
        ['open', 0.4],
        ['cancelled', 0.6]
      ] as const);
    return luck.falls(0.06) ? 'cancelled' : 'closed';
  }

  function officeHour(age: number) {
    const at = new Date(now.getTime() - age * day);
    if (age > 1) at.setUTCHours(luck.whole(12, 23), luck.whole(0, 59), luck.whole(0, 59));
    return at > now ? new Date(now.getTime() - 600_000) : at;
  }
}

/** What the first demo customer sees at once: something in every open state, and something just resolved. */
const onAdasDesk: [code: string, age: number, status: Status][] = [
  ['BILL-HIGH', 2.2, 'waiting'],
  ['RELIGHT', 3.1, 'scheduled'],
  ['METER-REREAD', 0.3, 'submitted'],
  ['GENERAL', 1.4, 'open'],
  ['PAPERLESS', 5, 'resolved'],
  ['METER-READ', 40, 'cancelled']
];
