/** Nobody has approved the safety words until an admin does, and then exactly those. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { approveWording, isApproved, listApprovals, wordsOf } from './approving.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

const people = {
  admin: await somebody('admin'),
  supervisor: await somebody('supervisor'),
  agent: await somebody('agent'),
  customer: await somebody('customer')
};
const admin = people.admin;
const db = web.as(admin);
const words = wordsOf('US');

test('as they are shipped, nobody has approved the words', async () => {
  expect(await isApproved(db, words)).toBe(false);
  expect(await listApprovals(db)).toEqual([]);
});

test.each(['supervisor', 'agent', 'customer'] as const)('no %s approves them, by no way', async (role) => {
  const actor = people[role];
  const theirs = web.as(actor);
  await expect(
    approveWording(theirs, actor, { jurisdiction: 'US', digest: words.digest })
  ).rejects.toMatchObject({ kind: 'missing' });
  const behind = theirs.insertInto('wording_approval').values({ ...words, approved_by: actor.id });
  await expect(behind.execute()).rejects.toThrow('row-level security');
  expect(await isApproved(db, words)).toBe(false);
});

test('words that have changed since they were read are not approved', async () => {
  await expect(
    approveWording(db, admin, { jurisdiction: 'US', digest: wordsOf('UK').digest })
  ).rejects.toMatchObject({ kind: 'conflict', words: 'emergencies.wording_changed' });
});

test('an admin approves them once, with name, time, version and digest, and the audit log says so', async () => {
  await approveWording(db, admin, { jurisdiction: 'US', digest: words.digest });
  await approveWording(db, admin, { jurisdiction: 'US', digest: words.digest });

  expect(await isApproved(db, words)).toBe(true);
  expect(await listApprovals(web.as(people.agent))).toMatchObject([
    { ...words, name: expect.any(String), approved_at: expect.any(Date) }
  ]);
  expect(
    await sql(`select actor_id, actor_role, detail from audit_entry where action = 'wording.approved'`)
  ).toEqual([{ actor_id: admin.id, actor_role: 'admin', detail: words }]);
});

test('other words of the same version are not approved with them', async () => {
  expect(await isApproved(db, { ...words, digest: wordsOf('UK').digest })).toBe(false);
  expect(await isApproved(db, wordsOf('IN'))).toBe(false);
});

test('an approval is never changed or taken back', async () => {
  for (const change of [
    db.updateTable('wording_approval').set({ version: 'US-9' }),
    db.deleteFrom('wording_approval')
  ])
    await expect(change.execute()).rejects.toThrow('permission denied');
});

test('a customer sees no approvals', async () => {
  expect(await listApprovals(web.as(people.customer))).toEqual([]);
});

async function somebody<Role extends 'admin' | 'supervisor' | 'agent' | 'customer'>(role: Role) {
  const { id } = await aPerson(role, role === 'customer' ? {} : { secondFactor: true });
  return { kind: 'person', id, role, team: null } as const;
}
