/** Bills and receipts as PDF, for customers and for the desk: as the billing system issued them, or made when asked for. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { billPaper, receiptPaper } from '#lib/billing/paper.ts';
import { deliveredPaper, papersIn } from '#lib/billing/server/bill-papers.ts';
import { doorPayment } from '#lib/orders/server/paying.ts';
import { originalFile } from '#lib/files/server/storage.ts';
import { billToPrint, printPaper } from '#lib/billing/server/papers.ts';
import { paymentToPrint } from '#lib/payments/server/receipt-paper.ts';
import { config, press } from '#lib/platform/server/runtime.ts';

type Asking = { locals: Pick<App.Locals, 'db' | 't'>; request: Request };

const delivered = papersIn(config.dataDir);

export async function sendBill({ locals: { db, t }, request }: Asking, number: string) {
  const issued = await deliveredPaper(db, delivered, number);
  if (issued) {
    const { headers, known } = headersOf(issued.sha256, issued.size, `${number}.pdf`, request);
    if (known) return new Response(null, { status: 304, headers });
    return new Response(Readable.toWeb(delivered.read(issued.file, originalFile)) as ReadableStream, {
      headers
    });
  }
  const { bill, to } = await billToPrint(db, number);
  const paper = await printPaper(press, billPaper(t, bill, to, config), bill.issued_on);
  return answerWith(paper, `${bill.number}.pdf`, request);
}

export async function sendReceipt({ locals: { db, t }, request }: Asking, reference: string) {
  const { payment, to } = await paymentToPrint(db, reference, await doorPayment(db, reference));
  const paper = await printPaper(press, receiptPaper(t, payment, to, config), payment.paid_on);
  return answerWith(paper, `${payment.reference}.pdf`, request);
}

function answerWith(paper: Buffer<ArrayBuffer>, name: string, request: Request) {
  const mark = createHash('sha256').update(paper).digest('base64url');
  const { headers, known } = headersOf(mark, paper.length, name, request);
  return known ? new Response(null, { status: 304, headers }) : new Response(paper, { headers });
}

/** Kept by nobody on the way; a browser that has it asks whether it is still the same. */
function headersOf(mark: string, size: number, name: string, request: Request) {
  const etag = `"${mark}"`;
  const headers = { 'cache-control': 'private, no-cache', etag };
  if (request.headers.get('if-none-match') === etag) return { headers, known: true };
  return {
    known: false,
    headers: {
      ...headers,
      'content-type': 'application/pdf',
      'content-length': String(size),
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox"
    }
  };
}
