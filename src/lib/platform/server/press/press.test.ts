/** The press: the same bytes for the same sheet, data that stays data, and a process that may die at any time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { throwAwayFolder } from '../../../../../tests/support/folder.ts';
import { openPress } from './press.ts';

const folder = throwAwayFolder();
const layout = join(folder.path, 'note.typ');
writeFileSync(
  layout,
  `#let d = json(bytes(sys.inputs.data))
   #set document(title: d.title)
   #set text(font: ("Atkinson Hyperlegible Next", "Noto Sans Devanagari"), fallback: false)
   #if d.title == "endless" { while true {} }
   = #d.title
   #par(d.text)`
);
const presses = [openPress({ lasts: 3 })];
const [press = openPress()] = presses;
afterAll(() => {
  for (const one of presses) one.close();
  folder.remove();
});
const sheet = (text: string, title = 'A note') => ({
  layout,
  data: { title, text },
  madeAt: new Date('2026-02-01T00:00:00Z')
});
const read = async (paper: Buffer) =>
  (await extractText(await getDocumentProxy(new Uint8Array(paper)), { mergePages: true })).text;

test('the same sheet is the same file, whoever of the processes made it', async () => {
  const papers = await Promise.all(Array.from({ length: 10 }, () => press.print(sheet('Hello'))));
  for (const paper of papers) expect(paper.equals(papers[0] ?? Buffer.of())).toBe(true);
  expect((await press.print(sheet('Bye'))).equals(papers[0] ?? Buffer.of())).toBe(false);
});

test('what stands in the data is text, whatever it looks like', async () => {
  const nasty = '#panic() *no* $x$ #read("/etc/passwd") "] \\ @import';
  expect(await read(await press.print(sheet(nasty)))).toContain(nasty);
});

test('names in letters of India are set; in letters that no font has there are boxes, and still a paper', async () => {
  expect(await read(await press.print(sheet('शर्मा')))).toMatch(/[\u0900-\u097f]/);
  expect(await read(await press.print(sheet('Agreed with 李明')))).toContain('Agreed with');
});

test('a layout that cannot be set, or never ends, is refused, and the next paper is made', async () => {
  await expect(press.print({ ...sheet('x'), layout: join(folder.path, 'none.typ') })).rejects.toMatchObject({
    kind: 'unavailable'
  });
  const hasty = openPress({ patience: 1_500 });
  presses.push(hasty);
  await expect(hasty.print(sheet('x', 'endless'))).rejects.toMatchObject({ kind: 'unavailable' });
  const patient = openPress();
  presses.push(patient);
  expect(await read(await patient.print(sheet('Still here')))).toContain('Still here');
});

test('more than may wait are told to come again', async () => {
  const small = openPress({ mostWaiting: 2 });
  presses.push(small);
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => small.print(sheet('Hello'))));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
});
