/** How cold it was outdoors, as people of a place say it: kept in tenths of a degree Celsius everywhere. Pure. */

const isFahrenheit = (jurisdiction: string) => jurisdiction === 'US';

export function writeTemperature(tenths: number, locale: string, jurisdiction: string): string {
  const fahrenheit = isFahrenheit(jurisdiction);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: fahrenheit ? 'fahrenheit' : 'celsius',
    maximumFractionDigits: 0
  }).format(fahrenheit ? (tenths / 10) * 1.8 + 32 : tenths / 10);
}

/** By how many whole degrees of the place two temperatures differ. */
export const degreesApart = (tenths: number, jurisdiction: string): number =>
  Math.round((Math.abs(tenths) / 10) * (isFahrenheit(jurisdiction) ? 1.8 : 1));
