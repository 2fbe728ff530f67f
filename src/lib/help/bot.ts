/** What the bot makes of a question: what it answers, what it offers instead, and when it steps aside. Pure. */

/** What can be answered: `fact:owed`, `service:MOVE-OUT`, `article:reading-your-meter`; or `person`. */
export type Topic = string;

/** What the bot did before in this conversation, oldest first. */
export type Turn = { kind: BotKind; topic: Topic | null };

export const botKinds = ['article', 'service', 'fact', 'guesses', 'abstain', 'person'] as const;
export type BotKind = (typeof botKinds)[number];

/** `topic` is what it understood; `next` are the two it would have guessed next. */
export type Decision = { kind: BotKind; topic: Topic | null; confidence: number; next: Topic[] };

/** What somebody says of an answer that was not what they asked, in the place of a topic. */
export const notThat = 'not-that';

/** What may have been meant, and how likely it was. */
export type Meant = { category: Topic; confidence: number };

/** So sure it must be to answer, and so sure to offer guesses at all (how they were found: `docs/architecture.md`). */
const sureEnough = 0.57;
const worthOffering = 0.08;

/** After so many questions in a row that it could not answer, a person takes over. */
const mostMisses = 2;

/** Judges the guesses, likeliest first, in the light of what was said before. */
export function decide(guesses: readonly Meant[], before: readonly Turn[]): Decision {
  const likely = guesses.filter(({ confidence }) => confidence >= worthOffering);
  const [best] = likely;
  if (best?.category === toPerson && best.confidence >= worthOffering * 2)
    return { kind: 'person', topic: null, confidence: best.confidence, next: [] };

  const said = new Set(before.flatMap(({ topic, kind }) => (topic && isAnswer(kind) ? [topic] : [])));
  const confidence = best?.confidence ?? 0;
  // What was answered once and asked again was not answered: saying it again would help nobody.
  if (best && best.category !== noneOfOurs && confidence >= sureEnough && !said.has(best.category))
    return {
      kind: kindOf(best.category),
      topic: best.category,
      confidence,
      next: offered(guesses.slice(1), said)
    };

  if (missesOf(before) + 1 >= mostMisses) return { kind: 'person', topic: null, confidence, next: [] };
  const next = offered(likely, said);
  return { kind: next.length > 0 ? 'guesses' : 'abstain', topic: null, confidence, next };
}

/** Something that was chosen from what was offered needs no guessing. */
export const chosen = (topic: Topic): Decision => ({ kind: kindOf(topic), topic, confidence: 1, next: [] });

/** An answer was not what was asked: it is not defended, and the second one in a row leads to a person. */
export function rejected(before: readonly Turn[]): Decision {
  const isEnough = missesOf(before.slice(0, -1)) + 1 >= mostMisses;
  return { kind: isEnough ? 'person' : 'abstain', topic: isEnough ? null : notThat, confidence: 0, next: [] };
}

/** The category of questions that ask for a person, and of those that nothing of ours answers. */
export const toPerson = 'person';
const noneOfOurs = 'none';

export const isAnswer = (kind: BotKind) => kind === 'article' || kind === 'service' || kind === 'fact';

/** How many of its last turns in a row answered nothing; an answer that was rejected is none. */
function missesOf(before: readonly Turn[]): number {
  let misses = 0;
  for (let last = before.length - 1; last >= 0; last--) {
    const turn = before[last];
    if (!turn || isAnswer(turn.kind)) break;
    misses += 1;
    if (turn.topic === notThat) last -= 1;
  }
  return misses;
}

const offered = (guesses: readonly Meant[], said: ReadonlySet<Topic>): Topic[] =>
  guesses
    .map(({ category }) => category)
    .filter((topic) => topic !== toPerson && topic !== noneOfOurs && !said.has(topic))
    .slice(0, 2);

function kindOf(topic: Topic): BotKind {
  const [kind] = topic.split(':');
  return kind === 'fact' || kind === 'service' || kind === 'article' ? kind : 'person';
}
