/** The public holidays of the places that Hearth is set up for, worked out from their rules. */

export type Jurisdiction = 'US' | 'UK' | 'IN';

/** The local days, `YYYY-MM-DD`, on which the utility's office is closed, from one year to another. */
export function holidays(jurisdiction: Jurisdiction, from: number, to: number): ReadonlySet<string> {
  const asked = `${jurisdiction} ${from} ${to}`;
  let days = known.get(asked);
  if (!days) known.set(asked, (days = workOut(jurisdiction, from, to)));
  return days;
}

/** Every form asks for the same two years again. */
const known = new Map<string, ReadonlySet<string>>();

function workOut(jurisdiction: Jurisdiction, from: number, to: number) {
  const years = Array.from({ length: to - from + 1 }, (_, nth) => from + nth);
  return new Set(years.flatMap((year) => rules[jurisdiction](year)).map(String));
}

const rules: Record<Jurisdiction, (year: number) => Temporal.PlainDate[]> = {
  // 5 U.S.C. 6103: on a Saturday kept on the Friday before, on a Sunday on the Monday after. The day itself is
  // free as well, for we work on Saturdays.
  US: (year) => [
    ...[day(year, 1, 1), day(year, 6, 19), day(year, 7, 4), day(year, 11, 11), day(year, 12, 25)].flatMap(
      kept
    ),
    // New Year's Day of the next year may be kept in this one.
    ...kept(day(year + 1, 1, 1)),
    nth(year, 1, 3, monday),
    nth(year, 2, 3, monday),
    last(year, 5, monday),
    nth(year, 9, 1, monday),
    nth(year, 10, 2, monday),
    nth(year, 11, 4, thursday)
  ],
  // England and Wales: a day that falls on a weekend is made up for on the next weekday.
  UK: (year) => [
    following(day(year, 1, 1)),
    easter(year).subtract({ days: 2 }),
    easter(year).add({ days: 1 }),
    nth(year, 5, 1, monday),
    last(year, 5, monday),
    last(year, 8, monday),
    ...christmas(year)
  ],
  // The three national holidays; the gazetted ones differ from state to state.
  IN: (year) => [day(year, 1, 26), day(year, 8, 15), day(year, 10, 2)]
};

const monday = 1;
const thursday = 4;
const saturday = 6;
const sunday = 7;

const day = (year: number, month: number, dayOfMonth: number) =>
  Temporal.PlainDate.from({ year, month, day: dayOfMonth });

function kept(date: Temporal.PlainDate) {
  if (date.dayOfWeek === saturday) return [date.subtract({ days: 1 }), date];
  return date.dayOfWeek === sunday ? [date, date.add({ days: 1 })] : [date];
}

function following(date: Temporal.PlainDate) {
  return date.dayOfWeek < saturday ? date : date.add({ days: 8 - date.dayOfWeek });
}

/** The second Monday of a month, for one. */
function nth(year: number, month: number, count: number, weekday: number) {
  const first = day(year, month, 1);
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (count - 1) });
}

function last(year: number, month: number, weekday: number) {
  const end = day(year, month, 1).add({ months: 1 }).subtract({ days: 1 });
  return end.subtract({ days: (end.dayOfWeek - weekday + 7) % 7 });
}

/** Christmas Day and Boxing Day: two weekdays, however the weekend lies. */
function christmas(year: number) {
  const first = following(day(year, 12, 25));
  const second = following(day(year, 12, 26));
  return [first, first.equals(second) ? second.add({ days: 1 }) : second];
}

/** Easter Sunday of the Gregorian calendar, after Butcher. */
function easter(year: number) {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 19 * a + 15;
  const h = d % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return day(year, Math.floor(sum / 31), (sum % 31) + 1);
}
