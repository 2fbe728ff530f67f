/** What a caller holds of their own emergency: they alone can add to it, and what we never gave out opens nothing. */
import { config } from '#lib/platform/server/runtime.ts';
import { seal, unseal } from '#lib/platform/server/seal.ts';

const use = 'call for help';

/** Given only for a record that is written. */
export const callerToken = (emergencyId: string) => seal(emergencyId, config.secret, use);

/** The emergency for which it was given, or null where it was not given by us. */
export const emergencyOf = (token: string | null) => (token ? unseal(token, config.secret, use) : null);
