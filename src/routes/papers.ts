/** Bills and receipts as PDF, for customers and for the desk: only who may see one gets it, and it is made when asked for. */
import { createHash } from 'node:crypto';
import { billPaper, receiptPaper } from '#lib/billing/paper.ts';
import { billToPrint, paymentToPrint, printPaper } from '#lib/billing/server/papers.ts';
import { config, press } from '#lib/platform/server/runtime.ts';

type Asking = { locals: Pick<App.Locals, 'db' | 't'>; request: Request };

export async function sendBill({ locals: { db, t }, request }: Asking, number: string) {
  const { bill, to } = await billToPrint(db, number);
  const paper = await printPaper(press, billPaper(t, bill, to, config), bill.issued_on);
  return answerWith(paper, `${bill.number}.pdf`, request);
}

export async function sendReceipt({ locals: { db, t }, request }: Asking, reference: string) {
  const { payment, to } = await paymentToPrint(db, reference);
  const paper = await printPaper(press, receiptPaper(t, payment, to, config), payment.paid_on);
  return answerWith(paper, `${payment.reference}.pdf`, request);
}

/** Kept by nobody on the way; a browser that has it asks whether it is still the same. */
function answerWith(paper: Buffer<ArrayBuffer>, name: string, request: Request) {
  const etag = `"${createHash('sha256').update(paper).digest('base64url')}"`;
  const headers = { 'cache-control': 'private, no-cache', etag };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(paper, {
    headers: {
      ...headers,
      'content-type': 'application/pdf',
      'content-length': String(paper.length),
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff'
    }
  });
}
