/** Which letters somebody wants, and when: the rules by which a letter goes now, later, or not at all. */

/** What a letter is about, as customers choose it. What has no kind (signing in, emergencies) is never asked about. */
export const letterKinds = ['request', 'bill', 'reading', 'appointment', 'news'] as const;
export type LetterKind = (typeof letterKinds)[number];

export interface LetterWishes {
  /** Kinds that are not wanted by e-mail. */
  muted: readonly string[];
  /** Kinds that are wanted as a text message. */
  texted: readonly string[];
  /** How they would rather be asked. */
  channel: string;
  /** Whether there is a number that can be texted now. */
  textable: boolean;
  /** `22:00`, on the utility's clock; null where letters may come at any hour. */
  quiet_from: string | null;
  quiet_until: string | null;
}

export interface LetterAbout {
  /** Null where it cannot be turned off and can still wait for the morning. */
  kind: LetterKind | null;
  /** Somebody here asks them something, for which they said how they would rather be asked. */
  asks?: boolean;
  /** The local day of the visit that it is about, if it is about one. */
  day?: string | null;
}

/** Now, never, or from this moment on. */
export type WhenToWrite = 'now' | 'never' | Date;

/** Which ways a letter goes. */
export interface LetterWays {
  email: boolean;
  text: boolean;
}

/**
 * By e-mail, as a text, or neither. What is wanted by text alone goes by e-mail while no text can reach them. What has no
 * kind always goes by e-mail, and as a text too to those who would rather be texted; so does what we ask them.
 */
export function waysOf(wishes: LetterWishes | null, { kind, asks = false }: LetterAbout): LetterWays {
  if (!wishes) return { email: true, text: false };
  const rather = wishes.channel === 'text';
  if (kind === null) return { email: true, text: wishes.textable && rather };
  const wanted = wishes.texted.includes(kind) || (asks && rather);
  const text = wanted && wishes.textable;
  return { email: !wishes.muted.includes(kind) || (wanted && !text), text };
}

/** When a letter goes, to somebody with these wishes, who wakes and sleeps by the clock of this zone. */
export function whenToWrite(
  wishes: LetterWishes | null,
  about: LetterAbout,
  now: Date,
  zone: string
): WhenToWrite {
  if (!wishes) return 'now';
  const ways = waysOf(wishes, about);
  if (!ways.email && !ways.text) return 'never';

  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const { quiet_from, quiet_until } = wishes;
  // Whoever waits for somebody today must hear of it today.
  if (about.day === here.toPlainDate().toString() || quiet_from === null || quiet_until === null)
    return 'now';

  const [time, from, until] = [here.toPlainTime(), plainTime(quiet_from), plainTime(quiet_until)];
  const after = Temporal.PlainTime.compare(time, from) >= 0;
  const before = Temporal.PlainTime.compare(time, until) < 0;
  const overMidnight = Temporal.PlainTime.compare(from, until) > 0;
  if (overMidnight ? !after && !before : !(after && before)) return 'now';

  const day = overMidnight && after ? here.toPlainDate().add({ days: 1 }) : here.toPlainDate();
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime: until }).epochMilliseconds);
}

const plainTime = (text: string) => Temporal.PlainTime.from(text);
