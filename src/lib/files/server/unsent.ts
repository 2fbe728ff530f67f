/** A file that was chosen on a form and belongs to nothing yet. */
import { sql } from 'kysely';

export const unsent = sql<boolean>`(request_id is null and reading_id is null)`;
