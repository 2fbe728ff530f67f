/** The words of the product, per language: ICU messages in `<module>/words/<locale>/<part>.json`, asked for as `part.key`. */
import { IntlMessageFormat } from 'intl-messageformat';
import { getContext, setContext } from 'svelte';
import { catalogue, fetchWords } from '#words';
import { localeOf, type Locale } from './language.ts';
import type { WordKey } from './words/catalogue.ts';

export { fetchWords };
export type { WordKey };

/** Values that fill the places of a message. */
export type Values = Record<string, string | number | boolean | Date | null | undefined>;

/** Gives the words for a key such as `requests.cancel`, in one language. */
export interface Words {
  (key: WordKey, values?: Values): string;
  locale: Locale;
}

/** The words of one language. Messages without places are returned as they stand; the others are parsed once. */
export function wordsFor(locale: Locale): Words {
  return spoken[locale];
}

/** Called by the root layout: every component below speaks this language. */
export const provideWords = (locale: () => Locale) => setContext(contextKey, locale);

/** The same for a component that is drawn without the layout. */
export const contextOf = (locale: Locale): Map<string, () => Locale> => new Map([[contextKey, () => locale]]);

/** The words for the component that asks, in the language of its page. */
export function words(): Words {
  const locale = getContext<(() => Locale) | undefined>(contextKey);
  return spoken[localeOf(locale?.())];
}

const contextKey = 'hearth.locale';
const spoken: Record<Locale, Words> = { en: speak('en'), es: speak('es') };

function speak(locale: Locale): Words {
  const ready = new Map<string, string | Filler>();

  const say = (key: WordKey, values?: Values): string => {
    let saying = ready.get(key);
    if (saying === undefined) {
      const message = catalogue[locale][key];
      if (message === undefined) return key;
      ready.set(key, (saying = prepare(message, locale)));
    }
    return typeof saying === 'string' ? saying : saying(values);
  };

  return Object.assign(say, { locale });
}

type Filler = (values?: Values) => string;

/** A message without places is itself. One with nothing but names to fill in needs no grammar: it is put together here. */
function prepare(message: string, locale: Locale): string | Filler {
  if (!/[{']/.test(message)) return message;

  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  const byGrammar: Filler = (values) => String(format.format(values));
  if (/[{']/.test(message.replaceAll(place, ''))) return byGrammar;

  const parts = message.split(place);
  return (values = {}) => {
    let said = '';
    for (const [nth, part] of parts.entries()) {
      const filling = nth % 2 === 0 ? part : values[part];
      if (typeof filling !== 'string' && typeof filling !== 'number') return byGrammar(values);
      said += filling;
    }
    return said;
  };
}

/** A place that is filled with a value as it stands. */
const place = /\{(\w+)\}/g;
