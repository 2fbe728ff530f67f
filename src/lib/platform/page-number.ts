/** Which page of a list an address asks for: 1 where it says nothing, or nothing that a page can be. */
export function pageIn(params: URLSearchParams): number {
  const page = Number(params.get('page'));
  return Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1;
}
