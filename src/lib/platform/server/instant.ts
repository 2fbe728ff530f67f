/** Reading a moment as PostgreSQL writes it. Every row has several, and the driver's own reader takes them apart by patterns. */
import pg from 'pg';

const readAny = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

/** The moment; null for a time that never comes (`infinity`, which sorts last), which is no time to us. */
export function readInstant(text: string): Date | null {
  if (text === 'infinity') return null;
  return isPlain(text) ? readPlain(text) : readAny(text);
}

/** `2026-11-29 16:24:12.123456+00`: a year of four digits from 1000 on, the clock of UTC, as all our connections have it. */
const isPlain = (text: string) =>
  text[4] === '-' && text[10] === ' ' && text[0] !== '0' && text.endsWith('+00');

function readPlain(text: string): Date {
  const two = (at: number) => digit(text, at) * 10 + digit(text, at + 1);
  const year = two(0) * 100 + two(2);
  const millis = digit(text, 20) * 100 + digit(text, 21) * 10 + digit(text, 22);
  return new Date(Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17), millis));
}

/** Zero behind the end of a fraction that was written short. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : 0;
}
