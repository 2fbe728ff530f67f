/** Which commands somebody means by the beginning of a word, or of several. */

/** Those whose words begin with all that was typed; what begins the label itself comes first. */
export function matching<One extends { label: string }>(
  all: readonly One[],
  typed: string,
  locale: string
): One[] {
  const wanted = wordsOf(typed, locale);
  return all
    .filter(({ label }) => {
      const words = wordsOf(label, locale);
      return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)));
    })
    .toSorted((a, b) => Number(begins(b, wanted, locale)) - Number(begins(a, wanted, locale)));
}

const begins = ({ label }: { label: string }, [first = '']: readonly string[], locale: string) =>
  wordsOf(label, locale)[0]?.startsWith(first) ?? false;

const wordsOf = (text: string, locale: string) =>
  text
    .toLocaleLowerCase(locale)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
