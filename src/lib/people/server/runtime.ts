/** What one process holds exactly once for signing in: the pool of the role `hearth_auth`, and the library on it. */
import { openDatabase } from '#lib/platform/server/db.ts';
import { config, ring } from '#lib/platform/server/runtime.ts';
import { openAuth } from './auth.ts';

const database = openDatabase(config.authDatabaseUrl ?? '', 'hearth_auth', { size: 6, onCommit: ring });

export const auth = openAuth({
  database,
  secret: config.secret,
  origin: config.origin,
  demo: config.demo
});

export const closeAuth = () => database.close();
