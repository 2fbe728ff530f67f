/** Texts as people sent them to other products, one a line in `cases.txt`, in sections that each say what is right. */
import { readFileSync } from 'node:fs';

const sections = new Map(
  readFileSync('tests/fixtures/cases.txt', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.trim().split('\n');
      return [title.replace(/:.*/, ''), lines] as const;
    })
);

export const titles = [...sections.keys()];

/** The texts of a line, which stand there as JSON. */
export const textsOf = (line: string) =>
  [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([text]) => JSON.parse(text) as string);

/** The lines of a section, each with its texts. */
export const linesOf = (title: string) =>
  (sections.get(title) ?? []).map((line) => [line, textsOf(line)] as const);
