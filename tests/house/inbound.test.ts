/** Safety before service: every word comes through one door, and there it is read for danger. There is no other way in. */
import { expect, test } from 'vitest';
import { carried } from '../../src/lib/forms/free-text.ts';
import { searched } from '../../src/lib/forms/searched.ts';
import { filesOf, read } from './source.ts';

const pages = filesOf('src/routes/**/*.{ts,svelte}');

test('the door reads what came in before it asks who comes, and answers danger before any page is asked', () => {
  const hooks = read('src/hooks.server.ts');
  const [door = '', inside = ''] = hooks.split('async function answer(');
  expect(door.match(/\bhear\(event/g)).toHaveLength(1);
  expect(door).not.toMatch(/\bresolve\(event/);
  expect(inside.match(/\bresolve\(event/g)).toHaveLength(1);
  expect(inside).toMatch(/\(await stopDanger\(event, tellsOf\)\) \?\?\s+\(await inTime\(resolve\(event/);
});

test.each(pages)('%s leaves hearing danger to the door', (file) => {
  expect(read(file)).not.toMatch(/\b(hearDanger|searchSafely|stopDanger)\b/);
});

test('the shell hands on no words but those of a form, which the door reads', () => {
  const shell = read('bin/shell.ts');
  expect(read('bin/posted-forms.ts')).toContain('/^(POST|PUT|PATCH|DELETE)$/');
  expect(shell).toMatch(
    /else if \(bringsForm\(req\) && !fromPrograms\.includes\(url\.pathname\)\)\s+void posted\(/
  );
  expect(shell).toMatch(/pathname === uploadsPath\)\s+void upload\(req, res, pages\)/);
});

test('what a route tells of its form stands beside a form', () => {
  const tellings = filesOf('src/routes/**/inbound.ts');
  const forms = filesOf('src/routes/**/+page.server.ts').filter((file) => /\bactions\b/.test(read(file)));
  const folder = (file: string) => file.slice(0, file.lastIndexOf('/'));
  expect(tellings.length).toBeGreaterThan(3);
  expect(tellings.map(folder).filter((one) => !forms.map(folder).includes(one))).toEqual([]);
});

test('what a form carries hidden is not taken for words that somebody typed', () => {
  const hidden = filesOf('src/**/*.svelte').flatMap((file) =>
    [...read(file).matchAll(/<input\s[^>]*type="hidden"[^>]*>/g)].flatMap(
      ([input]) => /name="(\w+)"/.exec(input)?.[1] ?? []
    )
  );
  expect(hidden.length).toBeGreaterThan(10);
  expect(hidden.filter((name) => !carried.has(name))).toEqual([]);
});

/** Where anybody but the staff types. On the safety page the danger is known; the last two are shown at the desk alone. */
const boxes = filesOf('src/**/*.svelte')
  .filter((file) => !/\(desk\)|\/desk\/|emergency\/heard|\/(NotedFields|CustomerSearch)\./.test(file))
  .flatMap((file) =>
    [...read(file).matchAll(/<(?:Field|TextArea|input|textarea)\b[^>]*?\bname="([\w-]+)"[^>]*>/g)]
      .filter(([box]) => !/type="(hidden|radio|checkbox|date|file|submit)"/.test(box))
      .map(([, name = '']) => ({ file, name }))
  );

test.each(boxes)(
  'what is typed into $name of $file is not taken for what a form carries hidden',
  ({ name }) => {
    expect(carried.has(name)).toBe(false);
  }
);

test('a box that asks in an address is one that the door knows', () => {
  const asking = filesOf('src/**/*.svelte').filter(
    (file) => !/\(desk\)|\/desk\//.test(file) && /<form[^>]*method="get"/.test(read(file))
  );
  const searches = asking.flatMap((file) =>
    boxes.filter((box) => box.file === file && !posts(file, box.name)).map(({ name }) => name)
  );
  expect(searches.length).toBeGreaterThan(0);
  expect(searches.filter((name) => !searched.includes(name))).toEqual([]);
});

/** Of a component with both kinds of form: which of its boxes stand in one that posts. */
const posts = (file: string, name: string) =>
  read(file)
    .split('<form ')
    .some((form) => form.startsWith('method="post"') && form.includes(`name="${name}"`));
