/**
 * The bot: answers from what is ours and approved, and from the asker's own account; else it offers guesses, says that it
 * does not know, or leads to a person. Whoever calls it has had the text screened for danger first.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isCustomer, type Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Words } from '#lib/platform/words.ts';
import { searchTypes } from '#lib/catalogue/search.ts';
import { offeredTypes, offerOf } from '#lib/catalogue/server/catalogue.ts';
import {
  chosen,
  decide,
  notThat,
  rejected,
  type Decision,
  type Meant,
  type Topic,
  type Turn
} from '../bot.ts';
import { sureness } from '../intent/sureness.ts';
import { ownFactIn } from '../own.ts';
import { facts, type Fact } from '../questions.ts';
import { tellFact, type Way } from './facts.ts';
import { findArticle, searchArticles } from './queries.ts';
import type { Sorter } from './sorter.ts';
import { currentSorter } from './teaching.ts';

/** A question. `before` is what the bot did so far; `topic` is set when a guess was chosen instead of typing. */
export type Question = { text: string; before: readonly Turn[]; topic?: Topic | null };

/**
 * What comes of it. Keep `kind` and `topic` as the turn that the next question brings along in `before`. `text` is
 * to be shown as it is, `next` as what else may have been meant (chosen by its topic). Kind `person`: hand over.
 */
export type BotAnswer = Omit<Decision, 'next'> & {
  text: string;
  source: Way | null;
  action: Way | null;
  next: { topic: Topic; label: string }[];
};

/**
 * The seam for another way to find the words, a language model say: it is asked only after the screen, and what it
 * decides goes through the same answers, which come from our own pages and never from it.
 */
export type Judge = (question: Question) => Promise<Decision>;

/** Answers a question as this actor may hear it. */
export async function answer(
  db: Db,
  actor: Actor,
  question: Question,
  t: Words,
  judge: Judge = judgeOn(db, t.locale)
): Promise<BotAnswer> {
  const decision = await decideOn(actor, question, judge);
  const said = await say(db, actor, decision, t);
  if (!said) return { ...stepAside(decision, t), next: [] };
  const next = await Promise.all(decision.next.map((topic) => labelled(db, topic, t)));
  return { ...decision, ...said, next: next.filter((one) => one !== null) };
}

async function decideOn(actor: Actor, question: Question, judge: Judge): Promise<Decision> {
  if (question.topic === notThat) return rejected(question.before);
  if (question.topic) return chosen(question.topic);
  const decision = await judge(question);
  return isCustomer(actor) ? ownFirst(question, decision) : decision;
}

/** Whoever asks of a visit of theirs is told of that visit, and what an article says of visits stands beside it. */
function ownFirst({ text, before }: Question, decision: Decision): Decision {
  const fact = ownFactIn(text);
  const topic = `fact:${fact}`;
  // Whoever wants a person gets one.
  if (!fact || decision.kind === 'fact' || decision.kind === 'person') return decision;
  if (before.some((turn) => turn.topic === topic)) return decision;
  const next = [decision.topic, ...decision.next].filter(
    (one): one is Topic => one !== null && one !== topic
  );
  return { ...chosen(topic), next: next.slice(0, 2) };
}

/** How long a question waits, in milliseconds, while this process still learns: then what the search finds is offered. */
const patience = 5_000;

/** Our own judge: the classifier, and the rules of when to speak. */
function judgeOn(db: Db, locale: Locale): Judge {
  return async ({ text, before }) => {
    const sorter = await Promise.race([currentSorter(db), pause(patience, null, { ref: false })]);
    return decide(sorter ? await sorted(sorter, text) : await searched(db, text, locale), before);
  };
}

async function sorted(sorter: Sorter, text: string): Promise<Meant[]> {
  const guesses = await sorter.guess(text);
  return guesses.map((guess) => ({ category: guess.category, confidence: sureness(guess) }));
}

/** What the searches of services and of the help centre find: worth offering, never sure enough to answer. */
export async function searched(db: Db, text: string, locale: Locale): Promise<Meant[]> {
  const offers = await offeredTypes(db);
  const types = [...offers.values()].map(({ type }) => type);
  const services = searchTypes(types, text, locale).map(({ code }) => `service:${code}`);
  const articles = (await searchArticles(db, text, locale)).map(({ slug }) => `article:${slug}`);
  return [...services.slice(0, 1), ...articles.slice(0, 1)].map((category) => ({
    category,
    confidence: 0.3
  }));
}

type Said = { text: string; source: Way | null; action: Way | null };

/** The words of an answer; null where what was to be said is no longer there. */
async function say(db: Db, actor: Actor, { kind, topic }: Decision, t: Words): Promise<Said | null> {
  if (topic === notThat) return { text: t('bot.not_that'), source: null, action: null };
  if (kind === 'guesses' || kind === 'abstain' || kind === 'person')
    return { text: t(`bot.${kind}`), source: null, action: null };
  const about = topic?.slice(topic.indexOf(':') + 1) ?? '';
  if (kind === 'fact') return isFact(about) ? tellFact(db, actor, about, t) : null;
  if (kind === 'service') return tellService(db, about, t);
  return tellArticle(db, about, t);
}

const isFact = (about: string): about is Fact => facts.some((fact) => fact === about);

async function tellService(db: Db, code: string, t: Words): Promise<Said | null> {
  const offer = await offerOf(db, code);
  if (!offer) return null;
  const way = { href: `/requests/new/${code}`, label: offer.type.name[t.locale] };
  return {
    text: t('bot.service', { name: way.label, summary: offer.type.summary[t.locale] }),
    source: way,
    action: way
  };
}

async function tellArticle(db: Db, slug: string, t: Words): Promise<Said | null> {
  const article = await findArticle(db, slug, t.locale);
  if (!article) return null;
  const { title, summary, action } = article;
  return {
    text: t('bot.article', { title, summary }),
    source: { href: `/help/${slug}`, label: title },
    action: action ? { href: action, label: t('help.action') } : null
  };
}

const stepAside = (decision: Decision, t: Words) => ({
  ...decision,
  kind: 'person' as const,
  topic: null,
  text: t('bot.person'),
  source: null,
  action: null
});

async function labelled(db: Db, topic: Topic, t: Words) {
  const about = topic.slice(topic.indexOf(':') + 1);
  if (isFact(about)) return { topic, label: t(`bot.fact_${about}`) };
  if (topic.startsWith('article:')) {
    const article = await findArticle(db, about, t.locale);
    return article ? { topic, label: article.title } : null;
  }
  const offer = await offerOf(db, about);
  return offer ? { topic, label: offer.type.name[t.locale] } : null;
}
