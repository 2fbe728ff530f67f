/**
 * Everything that must be green: format, lint, types, dead code, the build, tests, and journeys in a browser.
 * `check` does the fast half, without what needs a build; `e2e` makes the journeys alone. Both may be told which files.
 */
import './own-node.ts';
import { step } from '#lib/platform/server/progress.ts';
import { findBrowser } from '../tests/support/browser.ts';
import { ownPlace, startHearth, stopHearth } from '../tests/support/hearth.ts';
import { slowLine } from '../tests/support/slow-line.ts';
import { startTestServer, withDatabase } from '../tests/support/server.ts';
import { check, conclude, journeys, tests } from '../tests/support/tools.ts';

const [half, ...files] = process.argv.slice(2);

// An installation takes the generated types away with everything else that npm does not know.
await check('generated types', ['svelte-kit', 'sync']);
if (half === 'check') {
  await side(lint, readable);
  await tests(files.length ? files : ['src/', 'tests/house/']);
} else if (half === 'e2e') {
  if (await build()) await journeys(files, withHearth);
} else {
  const [, built] = await side(lint, async () => {
    await readable();
    const done = await build();
    // Some tests ask the web process itself, and it serves what is built.
    await tests([]);
    return done;
  });
  if (built) await journeys([], withHearth);
}
conclude();

/** Two cores take two things at once; the linter alone takes as long as all others before the tests, and goes on beside them. */
async function side<A, B>(one: () => Promise<A>, other: () => Promise<B>) {
  return Promise.all([one(), other()]);
}

function lint() {
  return check('lint', ['eslint', '.']);
}

async function readable() {
  await check('format', ['prettier', '--check', '--log-level=warn', '.']);
  await check('types', ['svelte-check', '--fail-on-warnings']);
  await check('dead code', ['knip', '--no-progress']);
}

function build() {
  return check('build', ['node', 'bin/build.ts']);
}

/**
 * Journeys are made through a Hearth of their own, with demo people, on a free port. `E2E_SLOW=1000` lets them
 * go over a line on which scripts come a second late and all else a third: it shows who presses too early.
 */
async function withHearth(work: (env: NodeJS.ProcessEnv) => Promise<boolean>) {
  const browser = await step('Looking for a browser', async () => findBrowser());
  const { env, folder } = await ownPlace();
  const server = process.env.DATABASE_URL ? await startTestServer() : null;
  const slow = process.env.E2E_SLOW ? await slowLine(Number(process.env.E2E_SLOW)) : null;
  const database = server ? withDatabase(server.urls.owner, server.template) : '';
  try {
    const hearth = await step('Starting Hearth', () =>
      // One agent takes every chat of all journeys.
      startHearth({
        ...{ ...env, DATABASE_URL: database, DEMO: '1', ORIGIN: slow?.url ?? '' },
        CHATS_PER_AGENT: '50'
      })
    );
    await slow?.open(Number(env.PORT));
    return await work({ E2E_URL: slow?.url ?? hearth.url, CHROMIUM_PATH: browser }).finally(() =>
      stopHearth(hearth)
    );
  } finally {
    slow?.close();
    await server?.stop();
    folder.remove();
  }
}
