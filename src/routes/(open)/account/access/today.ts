/** The day it is where the utility is: by it last days are chosen. */
import { todayAt } from '#lib/platform/dates.ts';
import { config } from '#lib/platform/server/runtime.ts';

export const today = () => todayAt(config.timeZone);
