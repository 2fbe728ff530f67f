/** How the emergencies stand: told to every desk, with its clocks, which run also while nothing happens. */
import { isStaff } from '#lib/platform/actor.ts';
import type { Gauge } from '#lib/events/server/topic.ts';
import { emergencyPulse } from './queries.ts';

export const emergencyGauge: Gauge = { event: 'emergency', now: emergencyPulse, hears: isStaff };
