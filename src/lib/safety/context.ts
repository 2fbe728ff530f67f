/** What the words around a sign of danger make of it: taken back ("no smell of gas"), or only goods to buy. */
import { soundOf } from './hindi.ts';
import type { Concept } from './lexicon/concepts.ts';
import type { Hit, ReadWord } from './reading.ts';

/** Marks the hits that are said not to be there, or that are wares. Seen in the whole text, so that no part forgets it. */
export function inContext(words: readonly ReadWord[], hits: readonly Hit[]): Hit[] {
  const nots = notsOf(hits);
  const wares = waresIn(hits);
  const longAgo = longAgoIn(words);
  return hits.map((hit) => {
    if (deniable.has(hit.concept) && isDenied(hit, words, nots)) return { ...hit, taken: 'denied' };
    if (wares.has(hit)) return { ...hit, taken: 'wares' };
    return longAgo(hit) ? { ...hit, taken: 'past' } : hit;
  });
}

const deniable: ReadonlySet<Concept> = new Set<Concept>(
  'gas smell stench leak hiss flow alarm sounding co symptom collapse damage fire blast bubbles soot'.split(
    ' '
  ) as Concept[] // each is in the list of concepts
);

/** Where the nots are, by the word after each, and which words each of them covers. */
type Nots = { endingAt: Map<number, Hit>; startingAt: Map<number, Hit> };

function notsOf(hits: readonly Hit[]): Nots {
  const nots = hits.filter(({ concept }) => concept === 'not');
  return {
    endingAt: new Map(nots.map((not) => [not.to, not])),
    startingAt: new Map(nots.map((not) => [not.from, not]))
  };
}

/** A not stands before what it denies, in Hindi after it. */
function isDenied(hit: Hit, words: readonly ReadWord[], nots: Nots): boolean {
  return deniedBefore(hit, words, nots) || deniedAfter(hit, words, nots);
}

/** "No smell", "I do not have any smell", "je ne sens plus": up to one word of weight stands between. */
function deniedBefore(hit: Hit, words: readonly ReadWord[], { endingAt, startingAt }: Nots): boolean {
  let weight = 0;
  for (let at = hit.from; at >= Math.max(0, hit.from - farthest); at--) {
    const not =
      endingAt.get(at) ?? (startingAt.get(at - 1)?.to === hit.to ? startingAt.get(at - 1) : undefined);
    if (not && !isHindiNot(words, not)) return !leavesIt(words, not.from - 2, hit.from);
    const word = words[at - 1];
    if (!word || word.stop !== '' || turns.has(word.plain)) return false;
    if (!light.has(word.plain) && ++weight > 1) return false;
  }
  return false;
}
const farthest = 7;

/** "Gas ki smell nahi aa rahi"; but "alarm band nahi ho raha" says that it goes on. */
function deniedAfter(hit: Hit, words: readonly ReadWord[], { startingAt }: Nots): boolean {
  for (let at = hit.to; at <= hit.to + 2; at++) {
    if (words[at - 1]?.stop !== '') return false;
    const not = startingAt.get(at);
    if (not && isHindiNot(words, not)) return !leavesIt(words, hit.from, at + 2);
  }
  return false;
}

const leavesIt = (words: readonly ReadWord[], from: number, to: number) =>
  words
    .slice(Math.max(0, from), to)
    .some(({ plain, sound }) => leaving.has(plain) || leavingByEar.has(sound));

/** By ear, but not the French `ne`. */
const isHindiNot = (words: readonly ReadWord[], { from }: Hit) =>
  hindiNots.has(words[from]?.sound ?? '') && !otherNots.has(words[from]?.plain ?? '');
const hindiNots = new Set(['nahi', 'nahin', 'ni', 'nai'].map(soundOf));
const otherNots = new Set(['ne', 'n', 'ni', 'no', 'non']);

const listed = (words: string) => new Set(words.trim().split(/\s+/));

/** Words that weigh nothing between a not and what it denies. */
const light =
  listed(`a an any the of that this these it is are was were be been there have has had having got get really
  actually think believe ever even or nor gas natural smell smelling smelled odor odour detect notice noticed sign signs trace
  more hay un una unos ninguna ningun ningunos de a al la el los las que siento noto tengo tenemos tiene hubo he hemos
  y en d du des le les l une ni ai avons a eu ce cette sens sent sentons`);

/** Words after which something else is said. */
const turns =
  listed(`but and however though although yet only except pero sino aunque y mais et cependant lekin magar aur because
  porque car so donc`);

/** "I can't stand the smell", "not sure", "nobody came", "the alarm does not stop": nots that deny no danger. */
const leaving =
  listed(`sure only just know knows certain doubt idea clue stand bear stop stopped stops stopping escape ignore take
  tolerate cope handle live find finding found locate tell understand like matter wait waiting expert fix fixed repair repaired
  solved come came comes coming show showed help helped helps answer answers answered answering care cares listen go going goes
  gone rid breathe sleep turn shut close reach open joke joking kidding panic bother work works working start starting light
  lighting lit late away dealt safe wonder enough alarmist normal right ok okay happy
  se estoy segura seguro seguros aguanto aguantamos aguantar soporto soportamos soportar para parar deja dejan solo encuentro
  encuentran viene vienen vino vinieron arreglaron arreglado saben sabemos sabe importa entiendo duda puedo podemos quita va
  normal respirar funciona prende enciende
  sur sure certain certains certaine sais savons supporte supportons supporter arrete arretent part partir disparait seulement
  trouve trouvons vient viennent venu venus peux pouvons repare comprends doute arrive arrivons respirer marche fonctionne
  allume idee`);
const leavingByEar = new Set(
  'band ruk rukta rukti ruka bardasht sahan seh pata pta thik theek khatam aaya aayi jaa ja'
    .split(' ')
    .map(soundOf)
);

/** Whether a sign stands beside a time long past, in its sentence, and nothing near says that it is so again. */
function longAgoIn(words: readonly ReadWord[]): (hit: Hit) => boolean {
  const past = words.flatMap((_, at) => (pastTimes.test(threeFrom(words, at)) ? at : []));
  if (past.length === 0) return () => false;
  return ({ concept, from, to }) =>
    deniable.has(concept) &&
    past.some(
      (at) => at > from - 9 && at < to + 9 && inOneClause(words, Math.min(at, from), Math.max(at, from))
    ) &&
    !words.slice(Math.max(0, from - 20), to + 20).some(({ plain }) => present.has(plain));
}

const threeFrom = (words: readonly ReadWord[], at: number) =>
  ` ${words[at]?.plain ?? ''} ${words[at + 1]?.plain ?? ''} ${words[at + 2]?.plain ?? ''} `;
/** Nothing else begins between them: "I paid last month and there is a smell" tells of today. */
const inOneClause = (words: readonly ReadWord[], from: number, to: number) =>
  words.slice(from, to).every(({ stop, plain }) => stop === '' && !turns.has(plain) && !isNow.has(plain));
const isNow = listed('is are smells hay huele est sent hai');

/** Last month and before: what was yesterday may still be so. */
const pastTimes =
  /^ (last (month|year|summer|winter|spring|autumn)|(months?|years?) (ago|back)|(mes|ano) pasado|hace (un|dos|tres|varios) (mes|meses|ano|anos)|an dernier|annee derniere|mois dernier|y a (?!une)\w+ (mois|ans)|pi(ch|chh)le (sal|saal|mahine))/;
const present =
  listed(`again still now today tonight back since keeps currently moment ahora hoy sigue todavia nuevamente otra vez vuelve
  volvio desde encore toujours maintenant aujourd depuis revient revenue abhi phir fir dobara aaj se`);

/** Alarms that are asked for in a shop and make no sound. */
function waresIn(hits: readonly Hit[]): ReadonlySet<Hit> {
  const near = (at: number, concepts: ReadonlySet<Concept>, reach: number) =>
    hitsAround(hits, at, reach).some(({ concept }) => concepts.has(concept));
  return new Set(
    hits.filter(({ concept }, at) => goods.has(concept) && near(at, shopping, 8) && !near(at, heard, 20))
  );
}

const goods: ReadonlySet<Concept> = new Set<Concept>(['alarm', 'detector', 'co']);
const shopping: ReadonlySet<Concept> = new Set<Concept>(['trade', 'money']);
const heard: ReadonlySet<Concept> = new Set<Concept>(
  'sounding symptom collapse smell stench leak hiss fire blast flow urgent soot'.split(' ') as Concept[] // as above
);

/** The hits at most `reach` words away from one. Hits are in order of their first words. */
function hitsAround(hits: readonly Hit[], at: number, reach: number): Hit[] {
  const from = (hits[at]?.from ?? 0) - reach - 7;
  const to = (hits[at]?.to ?? 0) + reach;
  let [first, after] = [at, at + 1];
  while (first > 0 && (hits[first - 1]?.from ?? 0) >= from) first--;
  while (after < hits.length && (hits[after]?.from ?? 0) <= to) after++;
  return hits.slice(first, after);
}
