/**
 * Time that counts: hours of the week in which much is done are long, nights and weekends are short, and a week is a week. What
 * comes in on a Friday evening then takes as long as what comes in on a Tuesday.
 */

/** Hours of the calendar become hours that count, and back. */
export type Week = {
  counted: (from: number, to: number) => number;
  calendar: (from: number, counted: number) => number;
};

/** How much is done in each hour of the week, Thursday midnight first (as hours since 1970 begin). */
export type Done = Float64Array;

export const hoursOfWeek = 168;
export const hourOfWeek = (at: number) => Math.floor(((at % hoursOfWeek) + hoursOfWeek) % hoursOfWeek);

/** So much of an hour is as long as any other, however little is done in it. */
const evenly = 0.2;
/** Of so few nobody can say when they are done. */
const fewest = 50;

export function weekOf(done: Done): Week {
  const begins = beginsOf(done);
  const at = (hours: number) => {
    const weeks = Math.floor(hours / hoursOfWeek);
    const hour = hourOfWeek(hours);
    const rest = hours - weeks * hoursOfWeek - hour;
    return weeks * hoursOfWeek + begins[hour]! + rest * (begins[hour + 1]! - begins[hour]!);
  };
  const hoursAt = (counted: number) => {
    const weeks = Math.floor(counted / hoursOfWeek);
    const rest = counted - weeks * hoursOfWeek;
    let hour = 0;
    while (hour < hoursOfWeek - 1 && begins[hour + 1]! <= rest) hour++;
    return weeks * hoursOfWeek + hour + (rest - begins[hour]!) / (begins[hour + 1]! - begins[hour]!);
  };
  return {
    counted: (from, to) => Math.max(0, at(to) - at(from)),
    calendar: (from, counted) => Math.max(0, hoursAt(at(from) + counted) - from)
  };
}

/** When each hour begins, in hours that count. */
function beginsOf(done: Done): Float64Array {
  const all = done.reduce((sum, some) => sum + some, 0);
  const of = (hour: number) => done[(hour + hoursOfWeek) % hoursOfWeek]!;
  const begins = new Float64Array(hoursOfWeek + 1);
  for (let hour = 0; hour < hoursOfWeek; hour++) {
    const smooth = (of(hour - 1) + 2 * of(hour) + of(hour + 1)) / 4;
    const part = all < fewest ? 1 : evenly + (1 - evenly) * (smooth / all) * hoursOfWeek;
    begins[hour + 1] = begins[hour]! + part;
  }
  return begins.map((begin) => (begin * hoursOfWeek) / begins[hoursOfWeek]!);
}
