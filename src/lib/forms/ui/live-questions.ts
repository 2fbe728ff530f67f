/** Questions that appear when they apply and say what is wrong with an answer, by the rules the server judges by. */
import { messageAbout } from '../field-schema.ts';
import { gateHit } from '../form.ts';
import { shownFields, typedIn } from '../typed.ts';
import { pressesOn } from './after-press.ts';
import type { Rules } from './rules.ts';
import type { Wrong } from './summary.ts';

export function liveQuestions(form: HTMLFormElement, root: HTMLElement) {
  // The page wrote this itself, with rulesOf.
  const rules = JSON.parse(root.dataset['questions'] ?? '{}') as Rules;
  const asked = new Map(
    [...root.querySelectorAll<HTMLElement>('[data-question]')].map((it) => [nameOf(it), it])
  );
  const checked = new Set<string>();
  const afterPress = pressesOn(document);
  const typed = () => typedIn(rules, new FormData(form));

  for (const note of root.querySelectorAll<HTMLElement>('[data-only-if]')) note.hidden = true;
  for (const question of asked.values()) if (isMarked(question)) checked.add(nameOf(question));
  showWhatApplies();

  root.addEventListener('input', ({ target }) => {
    showWhatApplies();
    const question = questionOf(target);
    if (question && checked.has(nameOf(question))) check(question);
  });
  root.addEventListener('change', ({ target }) => {
    const question = questionOf(target);
    if (question && !isText(target)) check(question);
  });
  root.addEventListener('focusout', ({ target, relatedTarget }) => {
    const question = questionOf(target);
    const left = question && !question.contains(relatedTarget as Node | null);
    // Whoever only passes by an empty field is left in peace.
    if (left && isText(target) && target.value.trim() !== '') afterPress(() => check(question));
  });

  return {
    /** Checks what is asked in a part of the form; what is wrong, in order. */
    findWrong(part: HTMLElement): Wrong[] {
      return [...asked.values()]
        .filter((it) => part.contains(it) && !it.hidden)
        .flatMap((it) => {
          const sentence = check(it);
          const named = it.dataset['named'] ?? '{text}';
          return sentence ? [{ name: nameOf(it), sentence: named.replace('{text}', () => sentence) }] : [];
        });
    },
    leadElsewhere: () => gateHit(rules, typed()) !== null
  };

  function showWhatApplies() {
    const applies = new Set(shownFields(rules, typed()).map(({ name }) => name));
    for (const [name, question] of asked) question.hidden = !applies.has(name);
  }

  /** Says what is wrong with an answer; null when nothing is. */
  function check(question: HTMLElement): string | null {
    const name = nameOf(question);
    const field = rules.fields.find((it) => it.name === name);
    // An answer that means another form is not wrong: the way there stands below it.
    const elsewhere = field?.kind === 'gate' && field.leads_to !== 'emergency';
    const message = field && !elsewhere && messageAbout(field, typed()[name], rules);
    checked.add(name);
    const sentence = message ? (rules.said[name]?.[message] ?? null) : null;
    mark(question, sentence);
    return sentence;
  }
}

const controls = 'input, select, textarea';
const nameOf = (question: HTMLElement) => question.dataset['question'] ?? '';
const isMarked = (question: HTMLElement) => question.querySelector('[aria-invalid]') !== null;

const questionOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-question]') : null;

const isText = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox');

/** Puts the sentence under the question and ties it to its controls, in place of what the server said before. */
function mark(question: HTMLElement, sentence: string | null) {
  const name = nameOf(question);
  const before = document.getElementById(`${name}-problem`);
  if (before) before.style.display = 'none';
  question.querySelector('[data-problem]')?.removeAttribute('data-problem');

  const found = question.querySelector<HTMLElement>('[data-found]');
  if (!found) return;
  found.id = `${name}-found`;
  found.querySelector('span')?.replaceChildren(sentence ?? '');
  found.hidden = sentence === null;

  for (const control of question.querySelectorAll(controls)) {
    if (sentence) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }
  const described = question.querySelector(`fieldset, ${controls}`);
  const others = (described?.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .filter((id) => id && id !== found.id);
  described?.setAttribute('aria-describedby', [...others, ...(sentence ? [found.id] : [])].join(' '));
}
