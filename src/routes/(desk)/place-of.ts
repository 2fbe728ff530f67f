/** Which place of the desk a page belongs to. */

export interface Place {
  href: string;
  /** Pages of this place that lie elsewhere. */
  also?: readonly string[];
}

/** The address of the place: the one whose address is nearest. The queue is its own place, not that of all the desk. */
export const placeOf = (path: string, places: readonly Place[]): string | undefined =>
  places
    .flatMap(({ href, also = [] }) => [href, ...also].map((way) => ({ href, way })))
    .filter(({ way }) => path === way || (way !== '/desk' && path.startsWith(`${way}/`)))
    .toSorted((a, b) => b.way.length - a.way.length)[0]?.href;
