/** A day and an hour as a form gives them, on the clock of a place. */

/** The instant of `2026-12-01T08:00` there; null for what is none. An hour that the clocks skip is the next one. */
export function readLocalTime(text: string, zone: string): Date | null {
  if (!/^2\d{3}-\d\d-\d\dT\d\d:\d\d(:00)?$/.test(text)) return null;
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return new Date(local.toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return null;
  }
}
