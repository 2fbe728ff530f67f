/** A receipt to keep. */
import { sendReceipt } from '../../../../papers.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sendReceipt(event, event.params.reference);
