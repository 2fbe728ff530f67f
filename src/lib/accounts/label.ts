/** What an account is called where somebody chooses it or looks at it: its number, and where its premises are. */
import type { Words } from '#lib/platform/words.ts';

export const accountLabel = (
  t: Words,
  { number, line, town }: { number: string; line: string | null; town: string | null }
) => (line ? t('requests.account_at', { number, line, town: town ?? '' }) : number);
