/** Makes the questions of a form livelier: only those that apply, a few at a time, each checked as it is left. */
import { liveQuestions } from './live-questions.ts';
import { summarise } from './summary.ts';
import { walkThrough } from './walk-through.ts';

/**
 * Takes over the questions in a form. An answer that leads elsewhere, as danger does, is sent at once, whatever else
 * is missing: the server knows the way.
 */
export function enhanceQuestions(form: HTMLFormElement) {
  const root = form.querySelector<HTMLElement>('[data-questions]');
  if (!root) return;

  const questions = liveQuestions(form, root);
  const walk = walkThrough(form, root, (step) => {
    if (questions.leadElsewhere()) form.requestSubmit();
    else return questions.findWrong(step).length === 0;
    return false;
  });

  form.addEventListener('submit', (event) => {
    if (event.submitter?.hasAttribute('formnovalidate') || questions.leadElsewhere()) return;

    const wrong = walk.atEnd() ? questions.findWrong(root) : [];
    if (walk.atEnd() && wrong.length === 0) return;
    // Nothing is sent, and nobody else shall think so.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (wrong.length === 0) return walk.next();
    walk.showMend();
    summarise(root, wrong);
  });
}
