/** The source text, as the house tests read it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The floors of the house, lowest first. One is added when a noun arrives that no floor owns. */
export const floors = [
  'platform',
  'postgres',
  'ui',
  'safety',
  'events',
  'people',
  'accounts',
  'sla',
  'files',
  'emergencies',
  'forms',
  'billing',
  'programmes',
  'payments',
  'imports',
  'usage',
  'slots',
  'catalogue',
  'requests',
  'visits',
  'desk',
  'orders',
  'refills',
  'prebuy',
  'help',
  'chat',
  'privacy'
];

/** Files below the root, as paths with forward slashes, without tests unless asked for. */
export const filesOf = (pattern: string, { tests = false } = {}) =>
  globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => tests || !/\.(test|spec)\./.test(file))
    .sort();

/** What a file imports from inside the project, as paths from the root. Types count: they are knowledge too. */
export function importsOf(file: string, text = read(file)): string[] {
  const folder = file.split('/').slice(0, -1).join('/');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].flatMap(([, target = '']) => {
    if (target.startsWith('#lib/')) return `src/lib/${target.slice(5)}`;
    if (target.startsWith('.')) return join(folder, target).replaceAll('\\', '/');
    return [];
  });
}
