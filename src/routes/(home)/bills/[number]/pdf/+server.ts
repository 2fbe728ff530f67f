/** A bill to keep. */
import { sendBill } from '../../../../papers.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sendBill(event, event.params.number);
