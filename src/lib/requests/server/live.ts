/** The one event hub of this process, kept awake by the bell. */
import { database, whenChanged } from '#lib/platform/server/runtime.ts';
import { openHub } from './hub.ts';

export const hub = openHub(database);
whenChanged(() => hub.look());
