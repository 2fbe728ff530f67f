/** The help centre finds what people ask for, as they write it. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { locales, type Locale } from '#lib/platform/language.ts';
import { publishArticles, shippedArticles } from './publish.ts';
import { findArticle, listArticles, searchArticles } from './queries.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
const shipped = shippedArticles();
await publishArticles(urls.owner, shipped);
const database = openDatabase(urls.web, 'hearth_web');
const db = database.as(nobody);
afterAll(() => database.close());

test('every article is there in every language', async () => {
  expect(new Set(shipped.map(({ slug }) => slug)).size).toBeGreaterThanOrEqual(60);
  const slugs = (locale: string) => shipped.filter((it) => it.locale === locale).map(({ slug }) => slug);
  for (const locale of locales) {
    expect(slugs(locale)).toEqual(slugs('en'));
    const listed = (await listArticles(db, locale)).map(({ slug }) => slug);
    expect(listed.toSorted()).toEqual(slugs(locale).toSorted());
    expect(listed[0], 'what matters most stands first').toBe('smell-of-gas');
  }
});

test('what is shipped again unchanged makes no new version, and what was written at the desk stays', async () => {
  await publishArticles(urls.owner, shipped);
  const [{ most } = { most: 0 }] = await sql<{ most: number }>(
    'select max(version) as most from article_version'
  );
  expect(most).toBe(1);

  const changed = shipped.map((it) => ({ ...it, summary: `${it.summary} Indeed.` }));
  await publishArticles(urls.owner, changed.slice(0, 1));
  expect((await findArticle(db, changed[0]?.slug ?? '', 'en'))?.version).toBe(2);
  await publishArticles(urls.owner, shipped.slice(0, 1));

  const sam = await aPerson('supervisor');
  await sql(
    `insert into article_version (article_id, locale, version, title, summary, body, state, written_by)
     select id, 'en', 9, 'Ours', 'As we say it here.', 'Ours.', 'approved', $1 from article where slug = 'smell-of-gas'`,
    [sam.id]
  );
  await publishArticles(urls.owner, shipped);
  expect((await findArticle(db, 'smell-of-gas', 'en'))?.title).toBe('Ours');
});

test('what nobody has approved is read by nobody outside', async () => {
  await sql(`insert into article_version (article_id, locale, version, title, summary, body, state)
             select id, 'en', 9, 'Not yet', 'Not yet.', 'Not yet.', 'proposed' from article where slug = 'moving-in'`);
  expect((await findArticle(db, 'moving-in', 'en'))?.title).toBe('Moving in');
});

const asked = {
  en: [
    ['why is my bil so hihg', 'bill-higher-than-usual'],
    ['cant pay', 'cannot-pay'],
    ['instalments', 'cannot-pay'],
    ['submit meter readng', 'give-a-reading'],
    ['what is a standing charge', 'read-my-bill'],
    ['estimated', 'estimated-bill'],
    ['moving out of my flat', 'moving-out'],
    ['start service in new house', 'moving-in'],
    ['order gas botle', 'order-a-cylinder'],
    ['pilot light', 'pilot-light'],
    ['move my appointment', 'visit-what-to-expect'],
    ['complaint', 'complain'],
    ['opening hours', 'opening-hours'],
    ['large print', 'priority-services'],
    ['link my acount', 'connect-my-account'],
    ['status of my request', 'follow-my-request'],
    ['is my meter wrong', 'meter-test'],
    ['carbon monoxide alarm', 'carbon-monoxide'],
    ['payment reference', 'how-to-pay'],
    ['letra grande', 'bill-format'],
    ['mudanza', 'moving-in']
  ],
  es: [
    ['horario de atención', 'opening-hours'],
    ['factura muy alta', 'bill-higher-than-usual'],
    ['no puedo pagar', 'cannot-pay'],
    ['a plazos', 'cannot-pay'],
    ['enviar lectra del contador', 'give-a-reading'],
    ['cargo fijo', 'read-my-bill'],
    ['estimada', 'estimated-bill'],
    ['dar de baja por mudanza', 'moving-out'],
    ['dar de alta el gas', 'moving-in'],
    ['pedir bonbona', 'order-a-cylinder'],
    ['caldera no enciende', 'pilot-light'],
    ['cambiar la cita del tecnico', 'visit-what-to-expect'],
    ['reclamacion', 'complain'],
    ['discapacidad', 'priority-services'],
    ['vincular cuenta', 'connect-my-account'],
    ['donde esta mi solicitud', 'follow-my-request'],
    ['comprobar el contador', 'meter-test'],
    ['detector de monoxido', 'carbon-monoxide'],
    ['referencia de pago', 'how-to-pay']
  ]
} as const;

test.each(locales)('in %s the article that is meant comes among the first two', async (locale) => {
  const missed = [];
  for (const [question, slug] of asked[locale]) {
    const found = (await searchArticles(db, question, locale)).slice(0, 2).map((it) => it.slug);
    if (!found.includes(slug)) missed.push({ question, slug, found });
  }
  expect(missed).toEqual([]);
});

test.each(['', '   ', 'xylophone', '%_!&|()', '\u{1f525}', 'the and'])(
  'nothing is found for "%s"',
  async (question) => {
    expect(await searchArticles(db, question, 'en')).toEqual([]);
  }
);

test('an article leads only to pages that are there', async () => {
  const { routes } = await import('../../../../tests/support/routes.ts');
  const paths = routes.map(({ path }) => new RegExp(`^${path.replace(/\[\w+\]/g, '[\\w-]+')}$`));
  const links = shipped.flatMap((it) => [
    ...[...it.body.matchAll(/\]\((\/[^)]*)\)/g)].map(([, path = '']) => path),
    ...(it.action ? [it.action] : [])
  ]);
  const slugs = new Set(shipped.map(({ slug }) => slug));
  for (const link of new Set(links)) {
    expect(
      paths.some((path) => path.test(link.replace(/\?ask=person$/, ''))),
      link
    ).toBe(true);
    if (link.startsWith('/help/')) expect(slugs.has(link.slice(6)), link).toBe(true);
  }
});

test('what hardly fits is not called an answer', async () => {
  const isAnswered = async (question: string, locale: Locale) =>
    (await searchArticles(db, question, locale))[0]?.isLikely ?? false;
  const doubted = [];
  for (const locale of locales)
    for (const [question] of asked[locale]) if (!(await isAnswered(question, locale))) doubted.push(question);
  // Nearly every word of the one is mistyped, and the other's are everywhere: a doubt is fair.
  expect(doubted).toEqual(['why is my bil so hihg', 'status of my request']);

  const strange = {
    en: [
      'my dog ate a purple banana',
      'do you sell solar panels for boats',
      'football results from yesterday',
      'can I bring my bicycle on the train',
      'apply for a job with you'
    ],
    es: [
      'receta de paella con conejo',
      'quién ganó el partido de fútbol',
      'venden paneles solares para barcos'
    ]
  };
  const called = [];
  for (const locale of locales)
    for (const question of strange[locale]) if (await isAnswered(question, locale)) called.push(question);
  expect(called).toEqual([]);
});
