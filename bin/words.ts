/** Gathers the words of all modules, language by language: run it when a module begins to say something of a new kind. */
import { globSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const locales = ['en', 'es'] as const;
const placeOf = (locale: string) => join(root, `src/lib/platform/words/${locale}.ts`);

/** The words of one language as the folders have them: every `src/lib/<module>/words/<locale>/<part>.json`. */
export function gathered(locale: string): string {
  const parts = globSync('src/lib/*/words/en/*.json', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .map((file) => ({ module: file.split('/')[2] ?? '', part: basename(file, '.json') }))
    .sort((one, other) => (one.part < other.part ? -1 : 1));
  const imports = parts.map(
    ({ module, part }) =>
      `import ${part} from '${wayTo(module)}/${locale}/${part}.json' with { type: 'json' };`
  );
  const all = parts.map(({ part }) => `  ...part('${part}', ${part})`);
  return `${head}\n${imports.join('\n')}\nimport { part } from './part.ts';\n\nexport default {\n${all.join(',\n')}\n};\n`;
}

const head =
  '/** The words of all modules in one language, under `part.key`. Written by `npm run words`, from the folders. */';

const wayTo = (module: string) => (module === 'platform' ? '.' : `#lib/${module}/words`);

if (import.meta.main) for (const locale of locales) writeFileSync(placeOf(locale), gathered(locale));
