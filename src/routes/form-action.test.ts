/** A form is answered by a page to go on to, or by a sentence and what was typed. */
import { fail } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { refuse } from '#lib/platform/refusal.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { again, answer } from './form-action.ts';

const t = wordsFor('en');

test('what was done leads on', async () => {
  await expect(answer(t, async () => '/desk')).rejects.toMatchObject({ status: 303, location: '/desk' });
});

test('whoever pays is led to where payments are taken, and nobody anywhere else', async () => {
  const page = 'https://checkout.stripe.com/c/pay/cs_live_1';
  await expect(answer(t, async () => page)).rejects.toMatchObject({ status: 303, location: page });
  const elsewhere = answer(t, async () => 'https://checkout.stripe.com.evil.example/');
  await expect(elsewhere).rejects.not.toHaveProperty('status');
});

test('what is refused is said in words, beside what was typed', async () => {
  const refused = async () => refuse('conflict', 'slots.slot_gone');

  expect(await answer(t, refused)).toMatchObject({ status: 409, data: { problem: t('slots.slot_gone') } });
  expect(await answer(t, refused, (problem) => ({ typed: 'Tuesday', problem }))).toMatchObject({
    data: { typed: 'Tuesday', problem: t('slots.slot_gone') }
  });
});

test('what is not there, and what is broken, flies on', async () => {
  await expect(answer(t, async () => refuse('missing', 'errors.missing'))).rejects.toMatchObject({
    kind: 'missing'
  });
  await expect(answer(t, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

test('what is seen but once is shown on the page of the form', async () => {
  const made = await answer(
    t,
    async () => ({ address: '/calendar/secret.ics' }),
    (problem) => ({ problem })
  );
  expect(made).toEqual({ address: '/calendar/secret.ics' });
});

test('what was typed is shown again at the field it is about, under another key where its own was used', async () => {
  const typed = { key: 'the first', units: '30' };
  const gone = await answer(
    t,
    async () => refuse('conflict', 'slots.slot_gone'),
    again(typed, () => 'slot')
  );
  expect(gone).toMatchObject({ data: { typed, problems: { slot: t('slots.slot_gone') } } });

  const used = await answer(t, async () => refuse('conflict', 'errors.form_used'), again(typed));
  expect(used).toMatchObject({ data: { typed: { units: '30' }, problems: { '': t('errors.form_used') } } });
  expect(used).not.toMatchObject({ data: { typed } });
});

test('what is wrong with a field is shown as it is given', async () => {
  const wrong = fail(422, { typed: 'soon', problems: { day: 'Choose a day.' } });
  expect(await answer(t, async () => wrong)).toBe(wrong);
});

test('a link that is over is said on the page that it led to, where that is asked for', async () => {
  const over = async () => refuse('missing', 'people.link_over');
  const said = await answer(t, over, again({}), { saysMissing: true });
  expect(said).toMatchObject({ status: 404, data: { problems: { '': t('people.link_over') } } });
});

test('what was typed is kept wherever it leads, unless it is done', async () => {
  const kept: string[] = [];
  const keep = (what: string) => ({ keep: async () => kept.push(what) > 0 });

  await answer(t, async () => fail(422, {}), again({}), keep('wrong'));
  await answer(t, async () => refuse('conflict', 'slots.slot_gone'), again({}), keep('refused'));
  const broken = answer(t, () => Promise.reject(new Error('broken')), again({}), keep('broken'));
  await expect(broken).rejects.toThrow('broken');
  await expect(answer(t, async () => '/desk', again({}), keep('done'))).rejects.toHaveProperty('location');

  expect(kept).toEqual(['wrong', 'refused', 'broken']);
});
