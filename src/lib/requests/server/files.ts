/** Files on a request: its row is locked before they change, and its timeline says what became of them. */
import type { FileOwner } from '#lib/files/server/owner.ts';
import { record } from './timeline.ts';

export const requestFiles: FileOwner = {
  hold: (tx, id) => tx.selectFrom('request').select('id').where('id', '=', id).forUpdate().execute(),
  tell: (tx, id, { visibility, ...payload }) => record(tx, id, { kind: 'attachment', visibility, payload })
};
