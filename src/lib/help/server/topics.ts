/** All that the bot can answer with, by what people call it. */
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import { articlesToLearn, listArticles } from './queries.ts';
import type { Topic } from '../bot.ts';
import { ownTopics } from '../lesson.ts';

export interface NamedTopic {
  topic: Topic;
  label: string;
}

/** Articles first, then kinds of request, then what stands in an account, a person, and nothing of ours. */
export async function topicsToTeach(db: Db, t: Words): Promise<NamedTopic[]> {
  const named = new Map((await articlesToLearn(db)).map(({ slug, title }) => [slug, title]));
  for (const { slug, title } of await listArticles(db, t.locale)) named.set(slug, title);
  const services = [...(await offeredTypes(db)).values()];
  return [
    ...[...named].map(([slug, label]) => ({ topic: `article:${slug}`, label })),
    ...services.map(({ type }) => ({ topic: `service:${type.code}`, label: type.name[t.locale] })),
    ...ownTopics.map((topic) => ({ topic, label: t(`bot.${nameOf(topic)}`) }))
  ];
}

const nameOf = (topic: (typeof ownTopics)[number]) =>
  topic === 'person' || topic === 'none' ? (`topic_${topic}` as const) : (`fact_${factIn(topic)}` as const);

const factIn = (topic: `fact:${'owed' | 'request' | 'visit' | 'reading'}`) =>
  topic.slice('fact:'.length) as 'owed' | 'request' | 'visit' | 'reading';

export async function isTopic(db: Db, topic: Topic): Promise<boolean> {
  if (ownTopics.some((own) => own === topic)) return true;
  const about = topic.slice(topic.indexOf(':') + 1);
  if (topic.startsWith('service:')) return (await offeredTypes(db)).has(about);
  return topic.startsWith('article:') && (await articlesToLearn(db)).some(({ slug }) => slug === about);
}
