/** What the bot makes of a question: what it answers, what it offers instead, and when it steps aside. Pure. */

/** What can be answered: `fact:owed`, `service:MOVE-OUT`, `article:reading-your-meter`; or `person`. */
export type Topic = string;

/** What the bot did before in this conversation, oldest first. */
export type Turn = { kind: BotKind; topic: Topic | null };

export type BotKind = 'article' | 'service' | 'fact' | 'guesses' | 'abstain' | 'person';

/** `topic` is what it understood; `next` are the two it would have guessed next. */
export type Decision = { kind: BotKind; topic: Topic | null; confidence: number; next: Topic[] };

/** What may have been meant, and how likely it was. */
export type Meant = { category: Topic; confidence: number };

/** So sure it must be to answer, and so sure to offer guesses at all (how they were found: `docs/architecture.md`). */
const sureEnough = 0.55;
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
  if (best && confidence >= sureEnough && !said.has(best.category))
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

/** The category of questions that ask for a person. */
export const toPerson = 'person';

const isAnswer = (kind: BotKind) => kind === 'article' || kind === 'service' || kind === 'fact';

/** How many of its last turns in a row answered nothing. */
const missesOf = (before: readonly Turn[]) =>
  before.length - 1 - before.findLastIndex(({ kind }) => isAnswer(kind));

const offered = (guesses: readonly Meant[], said: ReadonlySet<Topic>): Topic[] =>
  guesses
    .map(({ category }) => category)
    .filter((topic) => topic !== toPerson && !said.has(topic))
    .slice(0, 2);

function kindOf(topic: Topic): BotKind {
  const [kind] = topic.split(':');
  return kind === 'fact' || kind === 'service' || kind === 'article' ? kind : 'person';
}
