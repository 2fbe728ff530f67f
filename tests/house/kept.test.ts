/** What the privacy page says of how long things are kept is what the sweeping jobs do. */
import { expect, test } from 'vitest';
import { read } from './source.ts';

const words: Record<string, string> = JSON.parse(read('src/lib/ui/words/en/pages.json'));
const requestJobs = read('src/lib/forms/server/drafts.ts');

test('drafts go after 30 days, a visitor’s after one', () => {
  expect(words['privacy_long_1']).toMatch(/30 days .* one day/);
  expect(requestJobs).toMatch(/from draft where updated_at < now\(\) - interval '30 days'/);
  expect(requestJobs).toMatch(/person_id is null and updated_at < now\(\) - interval '1 day'/);
});

test('complaints name the eight weeks and the ombudsman in the UK, and who supervises stands in every jurisdiction', () => {
  expect(words['complaints_further_UK']).toMatch(/eight weeks .*Energy Ombudsman/);
  for (const place of ['US', 'UK', 'IN']) {
    expect(words[`complaints_further_${place}`]).toBeTruthy();
    expect(words[`privacy_supervisor_${place}`]).toBeTruthy();
  }
});
