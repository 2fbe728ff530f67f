/** A list that stays put while somebody points at it, whatever arrives meanwhile. */

/** Rows in the order in which they stood, as they are now; those that left the list stay where they were. */
export function inTheirOrder<Row extends { reference: string }>(
  stood: readonly Row[],
  fresh: readonly Row[]
): Row[] {
  const now = new Map(fresh.map((row) => [row.reference, row]));
  return stood.map((row) => now.get(row.reference) ?? row);
}

/** How many rows have come since. */
export function newsIn<Row extends { reference: string }>(stood: readonly Row[], fresh: readonly Row[]) {
  const known = new Set(stood.map((row) => row.reference));
  return fresh.filter((row) => !known.has(row.reference)).length;
}
