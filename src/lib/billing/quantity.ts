/** Quantities as a bill writes them, in a language. */

/** Thousandths as a number in writing: `writeQuantity(1_122_063n, 'en')` is “1,122.063”, `40_000n` “40”. */
export const writeQuantity = (thousandths: bigint, locale: string, most = 3): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: most }).format(Number(thousandths) / 1000);
