/** A file that was chosen on a form and belongs to nothing yet: it has a day on which it goes, and nothing else has. */
import { sql } from 'kysely';

export const unsent = sql<boolean>`(expires_at is not null)`;
