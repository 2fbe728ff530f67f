/** The day it is where the utility is: by it last days are chosen. */
import { config } from '#lib/platform/server/runtime.ts';

export const today = () => Temporal.Now.plainDateISO(config.timeZone).toString();
