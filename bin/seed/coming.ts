/** Whom the town's technicians visit yesterday, today and in the coming days. */
import type { Chance } from './chance.ts';
import { live, type Town } from './life.ts';

/** How many, day by day from yesterday on. */
const visits = [6, 12, 9, 8, 6, 6, 5, 4];
const hours = ['08:00', '10:00', '13:00', '15:00'] as const;

/** Requests with a visit that is booked. What becomes of those whose hour has come is `today.ts`'s affair. */
export function makeComing({ types, customers, agents, teamOf, ...setting }: Town, luck: Chance) {
  const visited = types.filter(({ needs }) => needs.appointment && needs.account === 'required');
  // The two who can be signed in as have visits of their own.
  const [, , ...neighbours] = customers;
  return visits.flatMap((many, index) =>
    Array.from({ length: many }, (_, each) => {
      const type = luck.one(visited);
      const submitted = new Date(setting.now.getTime() - luck.whole(40, 190) * 3_600_000);
      const agent = luck.one(agents.filter(({ team }) => team === teamOf(type.group)));
      const visit = { days: index - 1, from: hours[each % hours.length] ?? '08:00' };
      const customer = luck.one(neighbours);
      return live(
        { ...setting, type, customer, agent, submitted, visit, status: 'scheduled', neglected: false },
        luck
      );
    })
  );
}
