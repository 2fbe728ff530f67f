/** Who asks, as statements say it: a question that reads the same for everybody can be asked before we know who asks. */
import { sql } from 'kysely';

/** The person the database was told of. Nobody's is no one's: it equals nothing. */
export const me = sql<string>`(select app_person())`;
