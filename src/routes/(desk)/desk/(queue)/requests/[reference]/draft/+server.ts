/** Keeps what is being written on a request, as it is being written. */
import { redirect } from '@sveltejs/kit';
import { refuse } from '#lib/platform/refusal.ts';
import { DraftForm, readDeskForm } from '#lib/desk/form.ts';
import { keepDeskDraft } from '#lib/requests/server/desk-drafts.ts';
import { staff } from '../form-action.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, params, request, url }) => {
  const actor = staff(locals);
  const reading = readDeskForm(DraftForm, await request.formData());
  if (!reading.ok) refuse('invalid', reading.problem);

  const { form: name, text } = reading.value;
  await keepDeskDraft(locals.db, actor, params.reference, { name, text });
  // A button without scripts leads back to the page; the page itself only wants to know that it is kept.
  if (request.headers.get('accept')?.includes('text/html'))
    redirect(303, `/desk/requests/${encodeURIComponent(params.reference)}${url.search}`);
  return new Response(null, { status: 204 });
};
