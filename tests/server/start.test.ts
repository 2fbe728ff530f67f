/** What keeps Hearth from starting is said in one sentence. Its life once started is proven in `tests/kills`. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { launchHearth, ownPlace } from '../support/hearth.ts';

const { env, folder } = await ownPlace();
afterAll(() => folder.remove());

test('a taken port ends it with one sentence', async () => {
  const other = createServer().listen(Number(env.PORT), '127.0.0.1');
  await once(other, 'listening');
  const refused = launchHearth(env);
  await once(refused.child, 'exit');
  other.close();

  expect(refused.child.exitCode).toBe(1);
  expect(refused.output()).toBe(
    `Port ${env.PORT} on 127.0.0.1 is taken: stop what runs there, or start Hearth with another PORT.\n`
  );
});

test('a wrong value ends it with one sentence', async () => {
  const refused = launchHearth({ ...env, PORT: 'eighty' });
  await once(refused.child, 'exit');

  expect(refused.child.exitCode).toBe(1);
  expect(refused.output()).toBe('PORT must be a whole number from 1 to 65535.\n');
});

test('outside the demo, a missing number ends it with one sentence that names it', async () => {
  const refused = launchHearth({ ...env, DEMO: '0', EMERGENCY_PHONE: '' });
  await once(refused.child, 'exit');

  expect(refused.child.exitCode).toBe(1);
  expect(refused.output()).toMatch(/^EMERGENCY_PHONE is missing: outside the demo Hearth needs [^\n]*\n$/);
});
