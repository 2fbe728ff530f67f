/** The one event hub of this process, kept awake by the bell, and what it announces to every desk. */
import { watchEmergencies } from '#lib/emergencies/server/watch.ts';
import { openHub } from '#lib/events/server/hub.ts';
import { nobody } from '#lib/platform/actor.ts';
import { database, whenChanged } from '#lib/platform/server/runtime.ts';
import { requestTopic } from './feed.ts';

export const hub = openHub(database, requestTopic);

const emergencies = watchEmergencies(database.as(nobody), (pulse) => hub.announce('emergency', pulse));

whenChanged(() => {
  hub.look();
  emergencies.look();
});
