/** Choosing what to ask for: everything the utility offers, in groups, with a search that forgives typing. */
import { isFromChat } from '#lib/chat/turn.ts';
import { groups } from '#lib/catalogue/all.ts';
import { searchTypes } from '#lib/catalogue/search.ts';
import { listDrafts } from '#lib/forms/server/drafts.ts';
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import { searchArticles } from '#lib/help/server/queries.ts';
import { titleOf } from '#lib/requests/title.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, locale } = event.locals;
  const asked = event.url.searchParams.get('q') ?? '';
  const search = asked.slice(0, 100);
  const types = [...(await offeredTypes(db)).values()].map(({ type }) => type);
  const answers = search.trim() === '' ? [] : (await searchArticles(db, search, locale)).slice(0, 3);
  const found = search.trim() === '' ? null : searchTypes(types, search, locale).map(choice);
  const drafts = (await listDrafts(db)).flatMap(({ key, form, updated_at, words }) => {
    const type = types.find(({ code }) => form === `request:${code}`);
    return type
      ? [{ key, code: type.code, name: type.name[locale], updated_at, words: titleOf(words, '') }]
      : [];
  });

  return {
    search,
    isFromChat: isFromChat(event.url),
    found,
    answers,
    drafts,
    groups: groups
      .map((group) => ({
        code: group.code,
        name: group.name[locale],
        icon: group.icon,
        types: types.filter((type) => type.group === group.code).map(choice)
      }))
      .filter((group) => group.types.length > 0)
  };

  function choice({ code, icon, name, summary }: (typeof types)[number]) {
    return { code, icon, name: name[locale], summary: summary[locale] };
  }
};
