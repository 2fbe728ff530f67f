/** What the assistant has to say to a question. It only points to what is ours and approved; it makes nothing up. */
import type { Db } from '#lib/platform/server/db.ts';
import type { Locale, Words } from '#lib/platform/words.ts';
import { searchTypes } from '#lib/catalogue/search.ts';
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import type { Answer } from '../turn.ts';

/** So many ways are offered with an answer. */
const mostWays = 3;

export async function answerTo(
  db: Db,
  text: string,
  { locale, t }: { locale: Locale; t: Words }
): Promise<Answer> {
  const types = [...(await offeredTypes(db)).values()].map(({ type }) => type);
  const ways = searchTypes(types, text.slice(0, 200), locale)
    .slice(0, mostWays)
    .map(({ code, name }) => ({ href: `/requests/new/${code}`, label: name[locale] }));
  return { text: ways.length > 0 ? t('chat.found', { count: ways.length }) : null, ways };
}
