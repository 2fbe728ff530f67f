/** The one event hub of this process, kept awake by the bell. */
import { emergencyGauge } from '#lib/emergencies/server/gauge.ts';
import { openHub } from '#lib/events/server/hub.ts';
import { database, sayToAll, whenChanged, whenSaid } from '#lib/platform/server/runtime.ts';
import type { Passing } from '../feed.ts';
import { requestTopic } from './feed.ts';

export const hub = openHub(database, requestTopic, [emergencyGauge]);

whenChanged(() => hub.look());

/** Tells the customers who may hear of it, at whichever process they are, what is true for a moment. */
export const tellPassing = (event: string, about: Passing) => sayToAll(JSON.stringify({ event, about }));

whenSaid((word) => {
  // `tellPassing` says nothing else.
  const { event, about } = JSON.parse(word) as { event: string; about: Passing };
  hub.pass(event, { ...about, position: hub.position() });
});
