/** Who works here, and in which team: for everything on the desk that is given to somebody. */
import type { Db } from '#lib/platform/server/db.ts';

export interface Colleague {
  id: string;
  name: string;
  team_id: string | null;
}

export interface Team {
  id: string;
  name: string;
}

export const listColleagues = (db: Db): Promise<Colleague[]> =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'team_id'])
    .where('role', '!=', 'customer')
    .orderBy('name')
    .execute();

export const listTeams = (db: Db): Promise<Team[]> =>
  db.selectFrom('team').select(['id', 'name']).orderBy('name').execute();
