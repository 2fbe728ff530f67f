/** Gathers the words of all modules into one catalogue: run it when a module begins to say something of a new kind. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const place = join(root, 'src/lib/platform/words/catalogue.ts');
const locales = ['en', 'es'] as const;

/** The catalogue as the folders have it: every `src/lib/<module>/words/<locale>/<part>.json`. */
export function gathered(): string {
  const parts = globSync('src/lib/*/words/en/*.json', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .map((file) => ({ module: file.split('/')[2] ?? '', part: basename(file, '.json') }))
    .sort((one, other) => (one.part < other.part ? -1 : 1));
  const imports = locales.flatMap((locale) =>
    parts.map(
      ({ module, part }) =>
        `import ${nameOf(locale, part)} from '${wayTo(module)}/${locale}/${part}.json' with { type: 'json' };`
    )
  );
  const joined = locales.map((locale) => {
    const all = parts.map(({ part }) => `  ...part('${part}', ${nameOf(locale, part)})`);
    return `const ${locale} = {\n${all.join(',\n')}\n};`;
  });
  const [, end = ''] = readFileSync(place, 'utf8').split(mark);
  return `${head}\n${imports.join('\n')}\n\n${reference}\n${joined.join('\n')}\n\n${mark}${end}`;
}

const head =
  '/** The words of all modules, joined under `part.key`. The list is written by `npm run words`, from the folders. */';
const reference =
  '/** English is the reference: a key exists when English has it. A house test keeps the other languages level. */';
const mark = 'export type WordKey';

const wayTo = (module: string) => (module === 'platform' ? '.' : `#lib/${module}/words`);

const nameOf = (locale: string, part: string) => locale + part.charAt(0).toUpperCase() + part.slice(1);

if (import.meta.main) writeFileSync(place, gathered());
