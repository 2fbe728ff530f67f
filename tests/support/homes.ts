/** Homes for tests: an account of somebody's, with places where gas comes in cylinders, by a pipe, or both. */
import type { makersOn, Somebody } from './makers.ts';

let made = 0;

/** Makes an account with two places, both with cylinders, or with what is asked for. Gives the ids of the places. */
export const homesOn =
  ({ sql, aMember }: Pick<Awaited<ReturnType<typeof makersOn>>, 'sql' | 'aMember'>) =>
  async (holder: Somebody, gas: ('cylinder' | 'meter')[] = ['cylinder', 'cylinder']): Promise<string[]> => {
    const [account] = await sql<{ id: string }>(
      'insert into account (number, holder) values ($1, $2) returning id',
      [`4000000${made++}`, holder.name]
    );
    await aMember(account?.id ?? '', holder, 'holder', 'act');
    const places = await sql<{ id: string }>(
      `insert into premises (account_id, line, town, postcode)
       select $1, nth || ' Mill Lane', 'Northgate', '12345' from generate_series(1, $2) as nth returning id`,
      [account?.id, gas.length]
    );
    for (const [nth, { id }] of places.entries())
      await sql(
        gas[nth] === 'meter'
          ? `insert into meter (premises_id, serial, digits, installed_on) values ($1::uuid, 'S-' || $1::uuid::text, 5, '2020-01-01')`
          : `insert into bottled_supply (premises_id, kind, since) values ($1, 'cylinder', '2020-01-01')`,
        [id]
      );
    return places.map(({ id }) => id);
  };
