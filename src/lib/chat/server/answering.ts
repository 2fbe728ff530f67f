/** What the assistant has to say to a question, in the light of what it did before. It is asked after the screen only. */
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import type { BotKind, Topic } from '#lib/help/bot.ts';
import { answer } from '#lib/help/server/bot.ts';
import type { Way } from '../turn.ts';
import { besidesCall, wantsCall } from '../call-back.ts';
import { wantsPerson } from '../wants-person.ts';
import type { Line } from './queries.ts';

/** What is kept of an answer: the words, the ways, and what the bot made of the question. */
export interface Answered {
  kind: BotKind;
  topic: Topic | null;
  text: string;
  ways: Way[];
  /** What staff are shown of a question that was typed; null of one that was chosen. */
  understood: { locale: string; confidence: number; next: Topic[] } | null;
}

/** What is said when a person takes over. */
export const passingOn = (t: Words): Answered => ({
  kind: 'person',
  topic: null,
  text: t('chat.to_person'),
  ways: [],
  understood: null
});

/** A person is never denied: not by a word about a call beside it, nor by the same offer of a call once more. */
function askedFor(text: string, lines: readonly Line[]) {
  const call = wantsCall(text);
  const offered = lines.at(-1)?.ways.some(({ href }) => href === callPage) ?? false;
  return { call, person: wantsPerson(besidesCall(text)) || (call && offered) };
}

const callPage = '/call-me';
const callWay = (t: Words): Way => ({ label: t('calls.way'), href: callPage });

export async function answerTo(
  db: Db,
  actor: Actor,
  { text, topic, lines }: { text: string; topic: Topic | null; lines: readonly Line[] },
  t: Words
): Promise<Answered> {
  const understood = (confidence: number, next: Topic[] = []) =>
    topic ? null : { locale: t.locale, confidence, next };
  const toPerson = passingOn(t);
  const asked = topic ? null : askedFor(text, lines);
  if (asked?.person) return { ...toPerson, ways: asked.call ? [callWay(t)] : [], understood: understood(1) };
  if (asked?.call)
    return {
      ...toPerson,
      kind: 'service',
      text: t('calls.offer'),
      ways: [callWay(t)],
      understood: understood(1)
    };

  const before = lines.flatMap(({ kind, topic: about }) => (kind ? [{ kind, topic: about }] : []));
  const said = await answer(db, actor, { text, before, topic }, t);
  const next = said.next.map((one) => one.topic);
  if (said.kind === 'person') return { ...toPerson, understood: understood(said.confidence, next) };
  const { action, source } = said;
  const ways: Way[] = [
    ...(action ? [action] : []),
    ...said.next,
    ...(source && source.href !== action?.href ? [{ ...source, isSource: true }] : [])
  ];
  return {
    kind: said.kind,
    topic: said.topic,
    text: said.text,
    ways,
    understood: understood(said.confidence, next)
  };
}
