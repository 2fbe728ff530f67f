/** Second factors from a terminal: carried over to a new secret, or taken away from somebody who has lost theirs. */
import './own-node.ts';
import { system } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/config.ts';
import { borrowDatabase } from '#lib/postgres/server/database-server.ts';
import { type Db, openDatabase } from '#lib/platform/server/db.ts';
import { resealSecondFactors, takeSecondFactor } from '#lib/people/server/rotate-secret.ts';

const usage = `How to use it (docs/operations.md says when):
  OLD_SECRET=… npm run second-factors -- reseal
  npm run second-factors -- reset somebody@gas.example
`;

const [task, email] = process.argv.slice(2);
const from = process.env.OLD_SECRET;
if (task === 'reseal' && from) await onDatabase((db) => reseal(db, from));
else if (task === 'reset' && email) await onDatabase((db) => reset(db, email));
else fail(usage);

async function reseal(db: Db, old: string) {
  const { resealed, there, unreadable } = await resealSecondFactors(db, { from: old, to: config.secret });
  say(`${resealed} second factors are sealed with the new secret now; ${there} were before.`);
  if (unreadable) fail(`${unreadable} could be read with neither: is OLD_SECRET right?\n`);
}

async function reset(db: Db, of: string) {
  if (await takeSecondFactor(db, of))
    say('They sign in with their password alone, and staff set it up anew.');
  else fail('Nobody with this address has a second factor.\n');
}

async function onDatabase(work: (db: Db) => Promise<void>) {
  const server = await borrowDatabase(config);
  const database = openDatabase(server.urls.auth, 'hearth_auth', { size: 1 });
  try {
    await work(database.as(system));
  } catch (problem) {
    fail(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  } finally {
    await database.close();
    await server.stop();
  }
}

function say(sentence: string) {
  process.stdout.write(`${sentence}\n`);
}

function fail(sentence: string) {
  process.stderr.write(sentence);
  process.exitCode = 1;
}
