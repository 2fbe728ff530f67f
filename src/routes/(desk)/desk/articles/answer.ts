/** How a form of these pages is answered: by a page to go to, or refused with a sentence and nothing lost. */
import { error } from '@sveltejs/kit';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import type { Typed } from '#lib/help/form.ts';
import { answer as plainAnswer } from '../../../form-action.ts';

/** Whoever works here. To everybody else there is nothing here. */
export const staff = ({ actor, t }: App.Locals): Staff =>
  isStaff(actor) ? actor : error(404, t('errors.missing'));

/** Does it, and goes where it says; what is refused is said on the page, with what was typed. */
export function answer({ t }: App.Locals, typed: Typed, command: () => Promise<string>) {
  return plainAnswer(t, command, (problem, { words }) => {
    const problems: Record<string, string> = { '': problem };
    return { typed, problems, conflict: words === meanwhile };
  });
}

const meanwhile = 'articles.changed_meanwhile';
