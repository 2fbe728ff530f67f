/** The private way to a visitor's request, in the letters about it: whoever holds it is let in, and only we can write it. */
import { seal, unseal } from '#lib/platform/server/seal.ts';

const use = 'request of a visitor';

export const wayIn = (requestId: string, secret: string) => `/chat/again/${seal(requestId, secret, use)}`;

/** The request to which it leads, or null where it was not written by us. */
export const requestBehind = (token: string, secret: string) => unseal(token, secret, use);
