/** What an account is called where somebody chooses it or looks at it: its number, and where its premises are. */
import type { Words } from '#lib/platform/words.ts';

export const accountLabel = (
  t: Words,
  { number, line, town }: { number: string; line: string | null; town: string | null }
) => (line ? t('requests.account_at', { number, line, town: town ?? '' }) : number);

/** Where an account is: the first of its premises. */
export const accountPlace = ({ premises }: { premises: readonly { line: string; town: string }[] }) =>
  premises[0] ? `${premises[0].line}, ${premises[0].town}` : '';
