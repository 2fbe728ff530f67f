/** Tells the languages of the screen apart by their small words, so that `me` or `fat` is read in the right one. */

export const languages = ['en', 'es', 'fr', 'hi'] as const;
export type Language = (typeof languages)[number];

/** How much a word speaks for each language. */
export type Evidence = Partial<Record<Language, number>>;

/**
 * The languages each word may be in, judged by the words around it: people mix languages, and a call for help in one
 * may stand in the middle of a letter in another. Where nothing speaks for any language, it may be all.
 */
export function likelyLanguages(evidence: readonly Evidence[]): ReadonlySet<Language>[] {
  const spoken = languages.map((language) => speaking(evidence, language));
  return evidence.map((_, here) => {
    const found = spoken.map((sums) => sums[here] ?? 0);
    const most = Math.max(...found);
    return choiceOf(found.map((sum) => sum * 3 >= most));
  });
}

/** How much the words around each word speak for a language. Most say nothing, so it is told from those that do. */
function speaking(evidence: readonly Evidence[], language: Language): Float64Array {
  const sums = new Float64Array(evidence.length);
  evidence.forEach((word, at) => {
    const said = word[language];
    if (!said) return;
    const end = Math.min(evidence.length - 1, at + reach);
    for (let here = Math.max(0, at - reach); here <= end; here++)
      sums[here] = (sums[here] ?? 0) + said / (1 + Math.abs(here - at) / 2);
  });
  return sums;
}

const reach = 6;

/** What a small word says of its language: `the` is English, `la` half Spanish, half French. */
export const smallWordEvidence = (word: string): Evidence => evidenceOfSmallWords.get(word) ?? nothing;

const nothing: Evidence = {};
const choices = new Map<number, ReadonlySet<Language>>();

function choiceOf(chosen: readonly boolean[]): ReadonlySet<Language> {
  const key = chosen.reduce((bits, yes, i) => (yes ? bits | (1 << i) : bits), 0);
  const choice = choices.get(key) ?? new Set(languages.filter((_, i) => chosen[i]));
  choices.set(key, choice);
  return choice;
}

/** Small words are common enough to say nothing else; the screen never takes one for a misspelt warning word. */
export const isSmallWord = (word: string) => evidenceOfSmallWords.has(word);

const set = (words: string) => new Set(words.trim().split(/\s+/));

const smallWords: Record<Language, ReadonlySet<string>> = {
  en: set(`the a an and or but of to in on at is are was were be been it its i my me we our us am im id ill you your he she they his her their
    this that these those with from for by as if when what who how why where do does did have has had can could should would will
    not no there here so very just about into out up down off over after before since because while im ive dont cant isnt
    some any all more than then now please thanks help near next need want get got going still again am really think know like tell see been being much many had let make made also only other one has isn whole something someone everything whenever which whose next too`),
  es: set(`el la los las un una unos unas y o pero de del al en con por para que se es esta estan son hay mi mis tu su sus me te lo le
    nos como cuando donde quien cual muy mas ya no si sin sobre desde hasta porque este esta estos eso esa yo ella nosotros creo tengo
    tiene quiero puedo hola ayuda favor gracias a hace he ha han era fue ser estaba como muy esto todo toda todos mucho mucha otra otro cuando cada`),
  fr: set(`le la les un une des du de d l et ou mais a au aux en dans sur sous avec pour par que qui quoi est sont suis il elle on je j
    nous vous ils mon ma mes ton ta ses son sa notre votre ce c cet cette ces ca pas ne n se s me m y tres plus quand comment
    pourquoi depuis chez devant ai avez bonjour merci a ont etait toujours encore toute tout tous leur fait lorsque ainsi sans vers mon chez`),
  hi: set(`hai h hain hu hun hoon ka ki ke ko mein mei aur bhi hi nahi nahin nhi kya kyu kyun kyon kab kaise kahan kaha kaun kis kisi
    kisko mera meri mere mujhe hamara hamare humare humari hamari hame aap apna apne tha thi raha rahi rahe rha rhi rhe gaya gayi gaye
    gai gya aa aaya aayi aaye aata aati kar karo kare karu karna karne karke kiya diya di dena liya rakha yeh wo woh jab tab abhi bahut
    bohot koi kuch sab sabko ghar hua hui hue hone hota hoti lag lagi laga wala wali wale liye ji bhai chahiye jaisi jaisa jaise jaldi
    andar upar niche neeche piche paas pass phir fir kal aaj subah raat shaam thoda thodi zyada bata batao isse iske uske usne kisne le
    ho ja jo ye na ne se pe par wajah baad saath wapas`)
};

const evidenceOfSmallWords = new Map<string, Evidence>(
  [...new Set(languages.flatMap((language) => [...smallWords[language]]))].map((word) => {
    const owners = languages.filter((language) => smallWords[language].has(word));
    return [word, Object.fromEntries(owners.map((language) => [language, 1 / owners.length]))];
  })
);
