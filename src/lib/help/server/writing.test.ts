/** Articles are written by anybody at the desk, approved by somebody else, and nobody's words are lost on the way. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, type PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Draft } from '../form.ts';
import { canMove, seenOf, standings, versionStates } from '../life.ts';
import { approveArticle, keepArticle, sendBack, withdraw } from './approving.ts';
import { articleForDesk, listForDesk, textsOf } from './desk.ts';
import { publishArticles, shippedArticles } from './publish.ts';
import { findArticle } from './queries.ts';
import { beginArticle, goBackTo, proposeArticle, saveArticle } from './writing.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
await publishArticles(urls.owner, shippedArticles());
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());
const [grace, sam, ruth, ada] = [
  await aPerson('agent', { name: 'Grace' }),
  await aPerson('supervisor', { name: 'Sam' }),
  await aPerson('admin', { name: 'Ruth' }),
  await aPerson()
];
const as = (actor: PersonActor) => database.as(actor);
const outside = database.as(nobody);

const draftOf = (title: string, also: Partial<Draft> = {}): Draft => ({
  ...{ topic: 'bills', note: null },
  texts: {
    en: { title, summary: 'In short.', body: 'At length.', questions: ['why is that'], action: null }
  },
  ...also
});
const look = (slug: string, actor: PersonActor = grace) => articleForDesk(as(actor), slug);
const seen = async (slug: string) => seenOf((await look(slug)).versions);
const begun = (title: string, by: PersonActor = grace) =>
  beginArticle(as(by), by, randomUUID(), draftOf(title));

test('what an agent writes is read outside only once somebody else has approved it', async () => {
  const key = randomUUID();
  const slug = await beginArticle(as(grace), grace, key, draftOf('Why the sky is blue'));
  expect(slug).toBe('why-the-sky-is-blue');
  expect(await beginArticle(as(grace), grace, key, draftOf('Why the sky is blue'))).toBe(slug);
  expect(await begun('Why the sky is blue')).toBe('why-the-sky-is-blue-2');
  await proposeArticle(as(grace), grace, slug);
  await proposeArticle(as(grace), grace, slug);
  expect(await findArticle(outside, slug, 'en')).toBeNull();

  const given = { seen: await seen(slug), from: null };
  await expect(approveArticle(as(grace), grace, slug, given)).rejects.toThrow(
    'articles.not_yours_to_approve'
  );
  await approveArticle(as(sam), sam, slug, given);
  expect((await findArticle(outside, slug, 'en'))?.title).toBe('Why the sky is blue');
  await expect(approveArticle(as(sam), sam, slug, given)).rejects.toThrow('articles.nothing_to_approve');
});

test('nobody approves their own words, whoever proposed them, not even past our own code', async () => {
  const slug = await begun('Written by Sam', sam);
  await proposeArticle(as(grace), grace, slug);
  await expect(approveArticle(as(sam), sam, slug, { seen: await seen(slug), from: null })).rejects.toThrow(
    'articles.own_words'
  );
  const { id } = await look(slug);
  const sneak = (by: PersonActor) =>
    as(by)
      .updateTable('article_version')
      .set({ state: 'approved', approved_by: by.id })
      .where('article_id', '=', id)
      .execute();
  await expect(sneak(sam)).rejects.toThrow('nobody approves their own words');
  await expect(sneak(grace)).rejects.toThrow('supervisors and admins approve');
  await approveArticle(as(ruth), ruth, slug, { seen: await seen(slug), from: null });
});

test('of two who write at once the second sees the first, and may go on', async () => {
  const slug = await begun('A shared page');
  const before = await seen(slug);
  await saveArticle(as(grace), grace, slug, before, draftOf('Grace says'));
  await saveArticle(as(grace), grace, slug, before, draftOf('Grace says'));
  await expect(saveArticle(as(sam), sam, slug, before, draftOf('Sam says'))).rejects.toThrow(
    'articles.changed_meanwhile'
  );
  expect(textsOf((await look(slug)).versions).en?.title).toBe('Grace says');
  await saveArticle(as(sam), sam, slug, await seen(slug), draftOf('Sam says'));
  expect(textsOf((await look(slug)).versions).en?.title).toBe('Sam says');
  expect((await look(slug)).versions).toHaveLength(1);
});

test('what changes while somebody reads it is not approved unread', async () => {
  const slug = await begun('Read me first');
  await proposeArticle(as(grace), grace, slug);
  const read = await seen(slug);
  await saveArticle(as(grace), grace, slug, read, draftOf('Something else'));
  await proposeArticle(as(grace), grace, slug);
  await expect(approveArticle(as(sam), sam, slug, { seen: read, from: null })).rejects.toThrow(
    'articles.changed_meanwhile'
  );
});

test('it comes into force at its time, can be taken back until then, and the old one stays meanwhile', async () => {
  const slug = 'moving-in';
  await saveArticle(as(grace), grace, slug, await seen(slug), draftOf('Moving in, as of May'));
  await proposeArticle(as(grace), grace, slug);
  const from = new Date(Date.now() + 86_400_000);
  await approveArticle(as(sam), sam, slug, { seen: await seen(slug), from });
  expect((await findArticle(outside, slug, 'en'))?.title).toBe('Moving in');
  const english = (await look(slug)).versions.filter(({ locale }) => locale === 'en');
  expect(standings(english, new Date()).map(({ standing }) => standing)).toEqual(['scheduled', 'in_force']);
  expect(standings(english, from).map(({ standing }) => standing)).toEqual(['in_force', 'replaced']);
  await expect(withdraw(as(grace), grace, slug, { seen: await seen(slug) })).rejects.toThrow(
    'articles.not_yours_to_approve'
  );
  await withdraw(as(sam), sam, slug, { seen: await seen(slug) });
  expect((await look(slug)).versions.map(({ state }) => state)).toContain('withdrawn');
  await publishArticles(urls.owner, shippedArticles());
  expect((await findArticle(outside, slug, 'en'))?.title).toBe('Moving in');
});

test('an earlier version comes back as a new one; what is shipped again overwrites neither it nor its topic', async () => {
  const slug = 'moving-out';
  const first = draftOf('Ours', { topic: 'moving' });
  await saveArticle(as(grace), grace, slug, await seen(slug), first);
  await proposeArticle(as(grace), grace, slug);
  await approveArticle(as(sam), sam, slug, { seen: await seen(slug), from: null });
  await keepArticle(as(sam), sam, slug, { topic: 'account' });
  await publishArticles(urls.owner, shippedArticles());
  expect(await findArticle(outside, slug, 'en')).toMatchObject({ title: 'Ours', topic: 'account' });

  await goBackTo(as(grace), grace, slug, { locale: 'en', version: 1 });
  await proposeArticle(as(grace), grace, slug);
  await approveArticle(as(sam), sam, slug, { seen: await seen(slug), from: null });
  expect(await findArticle(outside, slug, 'en')).toMatchObject({ title: 'Moving out', version: 3 });
});

test('sent back it is a draft again with a word on why; retired it is gone outside and can come back', async () => {
  const slug = await begun('Not good enough');
  await proposeArticle(as(grace), grace, slug);
  await sendBack(as(sam), sam, slug, 'Too long.');
  expect((await look(slug)).versions[0]).toMatchObject({ state: 'draft', note: 'Too long.' });

  await expect(keepArticle(as(grace), grace, 'complain', { retired: true })).rejects.toThrow(
    'articles.not_yours'
  );
  await keepArticle(as(sam), sam, 'complain', { retired: true });
  expect(await findArticle(outside, 'complain', 'en')).toBeNull();
  expect((await listForDesk(as(grace))).find((one) => one.slug === 'complain')?.retired_at).toBeTruthy();
  await keepArticle(as(ruth), ruth, 'complain', { retired: false });
  expect(await findArticle(outside, 'complain', 'en')).not.toBeNull();
});

test('customers neither write nor see what is not in force', async () => {
  await expect(beginArticle(as(ada), ada, randomUUID(), draftOf('Mine'))).rejects.toThrow();
  await begun('A secret draft');
  const rows = await as(ada)
    .selectFrom('article_version')
    .select('state')
    .where('state', '!=', 'approved')
    .execute();
  expect(rows).toEqual([]);
  await expect(
    as(ada).insertInto('article').values({ slug: 'mine-alone', topic: 'bills', created_by: ada.id }).execute()
  ).rejects.toThrow();
});

test('the database lets a version move as the rule does', async () => {
  const moved = [];
  for (const from of versionStates)
    for (const to of versionStates) {
      if (from === to) continue;
      const slug = `move-${from}-${to}`;
      await sql(
        `with a as (insert into article (slug, topic) values ($1, 'bills') returning id)
         insert into article_version (article_id, locale, version, title, summary, body, state, valid_from)
         select id, 'en', 1, 'Title', 'Summary', 'Body', $2, now() + interval '1 day' from a`,
        [slug, from]
      );
      const done = await sql(
        `update article_version set state = $2 where article_id = (select id from article where slug = $1) returning 1`,
        [slug, to]
      ).catch(() => []);
      if (done.length > 0) moved.push(`${from} ${to}`);
    }
  const allowed = versionStates.flatMap((from) =>
    versionStates.filter((to) => canMove(from, to)).map((to) => `${from} ${to}`)
  );
  expect(moved).toEqual(allowed);
});
