/** Draws icons into one SVG file, from which pages take them by name. Used while building. */

type Icons = { icons: Record<string, { body: string } | undefined> };

/** One symbol per name. How lines are drawn is left to the page, so that one drawing serves all sizes. */
export function sprite(collection: Icons, names: readonly string[]): string {
  const symbols = names.map((name) => {
    const icon = collection.icons[name];
    if (!icon) throw new Error(`There is no icon named ${name}.`);
    return `<symbol id="${name}" viewBox="0 0 24 24">${icon.body.replaceAll(lines, '')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Icons: Lucide, ISC licence, lucide.dev -->${symbols.join('')}</svg>\n`;
}

const lines = / (?:fill="none"|stroke="currentColor"|stroke-(?:linecap|linejoin|width)="[^"]*")/g;
