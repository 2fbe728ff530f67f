/** What is still open from earlier days, of visits and deliveries alike. */
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { deliveriesLeftOver } from '#lib/orders/server/runs.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { visitsLeftOver } from '#lib/visits/server/lists.ts';

/** Visits and deliveries of earlier days of which nobody has said what became of them, the oldest first. */
export async function leftOver({ db, actor, locale }: App.Locals, today: string) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const [visits, deliveries] = await Promise.all([
    visitsLeftOver(db, { today, zone: config.timeZone }),
    deliveriesLeftOver(db, actor, today)
  ]);
  const rows = [
    ...(await Promise.all(
      visits.map(async ({ reference, service_type, service_version, customer, ...visit }) => ({
        ...whenAndWhere(visit),
        ...{ of: 'visit' as const, reference, who: customer },
        what: (await definitionOf(db, service_type, service_version)).name[locale]
      }))
    )),
    ...deliveries.map(({ reference, holder, ...stop }) => ({
      ...whenAndWhere(stop),
      ...{ of: 'delivery' as const, reference, who: holder, what: reference }
    }))
  ];
  return rows.toSorted((a, b) => a.on_day.localeCompare(b.on_day));
}

interface WhenAndWhere {
  on_day: string;
  from_time: string;
  to_time: string;
  line: string | null;
}
const whenAndWhere = ({ on_day, from_time, to_time, line }: WhenAndWhere) => ({
  on_day,
  from_time,
  to_time,
  line
});
