/** What the bot can speak about: what can be asked for, and what each person's own account says. */
import type { Db } from '#lib/platform/server/db.ts';
import { locales } from '#lib/platform/words.ts';
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import type { Example } from '../intent/classifier.ts';
import { ownQuestions } from '../questions.ts';

/** Everything it learns from now. */
export async function lessons(db: Db): Promise<Example[]> {
  const services = [...(await offeredTypes(db)).values()].flatMap(({ type }) => {
    const texts = locales.flatMap((locale) => [
      type.name[locale],
      type.summary[locale],
      ...type.keywords[locale].split(',')
    ]);
    return texts.map((text) => ({ text: text.trim(), category: `service:${type.code}` }));
  });
  return [...ownQuestions, ...services];
}

/** Changes whenever what it learns from does. */
export async function stateOfKnowledge(db: Db): Promise<string> {
  const offered = await db
    .selectFrom('service_type')
    .select(['code', 'version'])
    .where('offered', '=', true)
    .orderBy('code')
    .execute();
  return offered.map(({ code, version }) => `${code} ${version}`).join(',');
}
