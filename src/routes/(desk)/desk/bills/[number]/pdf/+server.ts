/** A customer's bill as they have it, for whoever talks with them. */
import { sendBill } from '../../../../../papers.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => sendBill(event, event.params.number);
