/** What comes through the door of forms. */
import { expect, test } from 'vitest';
import { cleanForm } from './posted.ts';

test('every text of a form is cleaned at the door, but no password', async () => {
  const form = new FormData();
  form.append('name', 'Ada \u202eecirg\u0007');
  form.append('name', '\u200b');
  form.append('new_password', 'p\u00e4ss\u200b\u00a0word');
  form.append('file', new File(['\u200b'], 'a\u200b.txt'));
  const cleaned = cleanForm(form);
  expect(cleaned.getAll('name')).toEqual(['Ada ecirg', '']);
  expect(cleaned.get('new_password')).toBe('p\u00e4ss\u200b\u00a0word');
  const file = cleaned.get('file');
  expect(file instanceof File && (await file.text())).toBe('\u200b');
});
