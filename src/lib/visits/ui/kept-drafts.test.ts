/** What is half written is kept for its writer alone, and no longer than it is of use. */
import { beforeEach, expect, test, vi } from 'vitest';
import { forgetDrafts, keptDrafts } from './kept-drafts.ts';

const place = new Map<string, string>();
beforeEach(() => {
  place.clear();
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      {
        getItem: (name: string) => place.get(name) ?? null,
        setItem: (name: string, value: string) => void place.set(name, value),
        removeItem: (name: string) => void place.delete(name)
      },
      {
        ownKeys: () => [...place.keys()],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true })
      }
    )
  );
  return () => vi.unstubAllGlobals();
});

const typed = { fields: { id: 'v', key: 'k', note: 'The lid is' }, photos: 0 };

test('it is there again for its writer and its visit, and for nobody else', () => {
  keptDrafts('grace').keep('v', typed);
  expect(keptDrafts('grace').of('v')?.fields['note']).toBe('The lid is');
  expect(keptDrafts('grace').of('w')).toBeNull();
  expect(keptDrafts('sam').of('v')).toBeNull();
});

test('what is emptied again, sent, or two weeks old is gone', () => {
  const drafts = keptDrafts('grace');
  drafts.keep('v', typed);
  drafts.keep('v', { fields: { id: 'v', key: 'k', note: '' }, photos: 0 });
  expect(place.size).toBe(0);
  drafts.keep('v', typed);
  drafts.drop('v');
  expect(place.size).toBe(0);
  drafts.keep('v', typed);
  vi.useFakeTimers({ now: Date.now() + 15 * 24 * 3600 * 1000 });
  expect(drafts.of('v')).toBeNull();
  vi.useRealTimers();
});

test('whoever signs out leaves none, and what waits to be sent stays', () => {
  keptDrafts('grace').keep('v', typed);
  place.set('hearth visit reports grace', '[]');
  forgetDrafts();
  expect([...place.keys()]).toEqual(['hearth visit reports grace']);
});

test('a browser that keeps nothing, or something else, is no hindrance', () => {
  place.set('hearth visit drafts grace', '{');
  expect(keptDrafts('grace').of('v')).toBeNull();
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    }
  });
  expect(() => keptDrafts('grace').keep('v', typed)).not.toThrow();
});
