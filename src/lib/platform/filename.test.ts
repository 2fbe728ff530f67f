import { expect, test } from 'vitest';
import { cleanName, contentDisposition } from './filename.ts';

test('a name keeps its letters of every script', () => {
  expect(cleanName('Zähler – मीटर 7.jpg')).toBe('Zähler – मीटर 7.jpg');
});

test('a name cannot read backwards, hide signs or name a folder', () => {
  expect(cleanName('photo\u202Egpj.exe')).toBe('photogpj.exe');
  expect(cleanName('a\u0000b\r\nSet-Cookie: x\u200B.pdf')).toBe('abSet-Cookie_ x.pdf');
  expect(cleanName('C:\\Users\\ada\\meter.png')).toBe('meter.png');
  expect(cleanName('../../etc/passwd')).toBe('passwd');
  expect(cleanName('...')).toBe('file');
  expect(cleanName('\u202E\u200F')).toBe('file');
});

test('a very long name is cut in the middle and keeps its ending', () => {
  const short = cleanName(`${'😀'.repeat(300)}.jpeg`);
  expect([...short]).toHaveLength(120);
  expect(short.endsWith('….jpeg')).toBe(true);
});

test('the header is plain ASCII and carries the true name beside it', () => {
  expect(contentDisposition('attachment', 'Zähler "links".pdf')).toBe(
    `attachment; filename="Zahler _links_.pdf"; filename*=UTF-8''Z%C3%A4hler%20_links_.pdf`
  );
  expect(contentDisposition('inline', 'x\r\nX-Evil: 1')).not.toMatch(/[\r\n]/);
});
