/** How a form of these pages is answered: by a page to go to, or refused with a sentence and nothing lost. */
import { error, fail, redirect } from '@sveltejs/kit';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import type { Typed } from '#lib/help/form.ts';

/** Whoever works here. To everybody else there is nothing here. */
export const staff = ({ actor, t }: App.Locals): Staff =>
  isStaff(actor) ? actor : error(404, t('errors.missing'));

/** Does it, and goes where it says; what is refused is said on the page, with what was typed. */
export async function answer({ t }: App.Locals, typed: Typed, command: () => Promise<string>) {
  let to: string;
  try {
    to = await command();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
    const problems: Record<string, string> = { '': t(refusal.words, refusal.values) };
    return fail(httpStatus[refusal.kind], { typed, problems, conflict: refusal.words === meanwhile });
  }
  redirect(303, to);
}

const meanwhile = 'articles.changed_meanwhile';
