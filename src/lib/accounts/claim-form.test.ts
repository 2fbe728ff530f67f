/** What stands on a bill or in a letter is read however it was typed, copied or scanned. */
import { expect, test } from 'vitest';
import { readClaim } from './claim-form.ts';

const read = (change: Partial<Record<'number' | 'postcode' | 'code', string>>) => {
  const form = new FormData();
  const { number, ...others } = {
    ...{ number: '50010001', postcode: '01001', code: '7KQ4-M2XR' },
    ...change
  };
  const typed = { account_number: number, ...others };
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  return readClaim(form);
};

test.each([
  { code: '7KQ4\u2013M2XR' },
  { code: '7KQ4-M2XR.' },
  { code: '#7kq4 m2xr' },
  { code: '７ＫＱ４－Ｍ２ＸＲ' },
  { number: '５００１０００１' },
  { number: '٥٠٠١٠٠٠١' },
  { number: '5001\u20110001' },
  { number: '# 5001-0001.' },
  { postcode: '０１００１' }
])('%j is what is printed', (typed) => {
  expect(read(typed)).toEqual({
    ok: true,
    claim: { number: '50010001', postcode: '01001', code: '7KQ4-M2XR' }
  });
});

test.each([
  [{ code: '7KQ4' }, 'code'],
  [{ code: '7KQ4_M2XR' }, 'code'],
  [{ number: '5001' }, 'number'],
  [{ number: '50010001x' }, 'number'],
  [{ postcode: ' - ' }, 'postcode']
])('%j can never be right', (typed, field) => {
  expect(read(typed)).toMatchObject({ ok: false, problems: { [field]: expect.any(String) } });
});
