/** Every letter about signing in can be read and acted upon, in every language. */
import { expect, test } from 'vitest';
import { locales } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { knownAddressLetter, linkLetter, newsLetter } from './letters.ts';

const about = { name: 'Ada', link: 'https://hearth.example/page?token=abc' };
const withLink = ['confirm_sign_up', 'reset_password', 'confirm_new_email'] as const;
const news = [
  'email_change_asked',
  'password_changed',
  'second_factor_on',
  'second_factor_off',
  'second_factor_replaced',
  'recovery_codes_made'
] as const;

test.each(locales)('in %s each has a subject, a greeting and its link on a line of its own', (locale) => {
  const t = wordsFor(locale);
  const letters = [
    ...withLink.map((letter) => linkLetter(t, letter, about)),
    ...news.map((letter) => newsLetter(t, letter, about)),
    knownAddressLetter(t, about)
  ];

  for (const { subject, text } of letters) {
    expect(subject.length).toBeGreaterThan(10);
    expect(text.split('\n')[0]).toMatch(/^(Hello|Hola)/);
    expect(text.split('\n')).toContain(about.link);
  }
  for (const { text } of letters.filter((_letter, at) => at !== 0 && at !== 2)) expect(text).toContain('Ada');
  expect(new Set(letters.map(({ subject }) => subject)).size).toBe(letters.length);
});

test.each(locales)(
  'in %s a letter to an address that nobody has confirmed says nothing that was typed',
  (locale) => {
    for (const letter of ['confirm_sign_up', 'confirm_new_email'] as const) {
      const { subject, text } = linkLetter(wordsFor(locale), letter, {
        ...about,
        name: 'Win at https://evil.example'
      });
      expect(subject + text).not.toContain('evil');
      expect(text.match(/\S+:\/\/\S+/g)).toEqual([about.link]);
    }
  }
);
