/** What has just been done here, as the address says after a form was sent. */
import type { WordKey } from '#lib/platform/words.ts';

const done: Record<string, WordKey> = {
  invited: 'staff.done_invited',
  again: 'staff.done_again',
  withdrawn: 'staff.done_withdrawn',
  saved: 'staff.done_saved',
  reset: 'staff.done_reset',
  deactivated: 'staff.done_deactivated',
  reactivated: 'staff.done_reactivated',
  made: 'staff.done_made',
  retired: 'staff.done_retired'
};

/** The sentence about it, or null for an address that says nothing we know. */
export const doneIn = (url: URL): WordKey | null => {
  const what = url.searchParams.get('done') ?? '';
  return Object.hasOwn(done, what) ? (done[what] ?? null) : null;
};
