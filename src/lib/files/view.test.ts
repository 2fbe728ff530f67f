/** A file that was refused still says why in its row, and which limit it went past. */
import { expect, test } from 'vitest';
import { nobody, type PersonActor } from '#lib/platform/actor.ts';
import { limitsFor } from './limits.ts';
import { type AttachmentFacts, attachmentView } from './view.ts';

const ada: PersonActor = { kind: 'person', id: 'ada', role: 'customer', team: null };
const refused = (why_rejected: string, kind: AttachmentFacts['kind'] = null): AttachmentFacts => ({
  ...{ id: 'one', name: 'film.mp4', size: 1, state: 'rejected', kind, type: null, scan: 'pending' },
  ...{ preview: 'none', has_position: null, stripped: false, visibility: 'public' },
  ...{ width: null, height: null, seconds: null, why_rejected }
});

test('too large a file names the limit of its kind, or the largest there is', () => {
  const megabytes = (bytes: number) => bytes / 1024 / 1024;
  const { bytes } = limitsFor(ada);
  expect(attachmentView(ada, refused('too_large', 'image')).problem).toEqual({
    reason: 'too_large',
    limit: megabytes(bytes.image)
  });
  expect(attachmentView(nobody, refused('too_large')).problem?.limit).toBe(
    megabytes(Math.max(...Object.values(limitsFor(nobody).bytes)))
  );
});

test('too many files name how many there may be', () => {
  expect(attachmentView(ada, refused('too_many')).problem).toEqual({
    reason: 'too_many',
    limit: limitsFor(ada).files
  });
});

test('a reason without a number stands alone', () => {
  expect(attachmentView(ada, refused('type_refused')).problem).toMatchObject({ reason: 'type_refused' });
});
