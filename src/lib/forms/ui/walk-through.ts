/** Shows a long form one step at a time. Each step is a place in the address, so the browser's own "back" works. */

/** `mayPass` is asked about a step before the next one is shown. What is marked `data-after-steps` joins the last. */
export function walkThrough(
  form: HTMLFormElement,
  root: HTMLElement,
  mayPass: (step: HTMLElement) => boolean
) {
  const steps = [...root.querySelectorAll<HTMLElement>('[data-step]')];
  const moves = root.querySelector<HTMLElement>('[data-step-moves]');
  const back = root.querySelector<HTMLElement>('[data-step-back]');
  const next = root.querySelector<HTMLElement>('[data-step-next]');
  let at = 0;

  if (steps.length > 1 && moves && back && next) {
    moves.hidden = false;
    back.addEventListener('click', () => goTo(at - 1));
    next.addEventListener('click', goOn);
    window.addEventListener('hashchange', () => arrive(placeInAddress()));
    turnTo(stepToMend() ?? Math.max(0, stepOf(placeInAddress())));
  }

  return { atEnd: () => at >= steps.length - 1 || steps.length < 2, next: goOn, showMend };

  /** Turns to the first step in which something is to be mended. */
  function showMend() {
    turnTo(stepToMend() ?? at);
  }

  function goOn() {
    const step = steps[at];
    if (!step) return;
    if (mayPass(step)) goTo(at + 1);
    else step.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  function goTo(step: number) {
    if (steps[step]) location.hash = steps[step].id;
  }

  /** The reader has come to another place: by our buttons, by "back", or by a link to a field in the summary. */
  function arrive(place: HTMLElement | null) {
    turnTo(place ? stepOf(place) : 0);
    const heading = steps[at]?.querySelector<HTMLElement>('h2');
    const isStep = !place || place === steps[at];
    (isStep ? heading : place)?.focus();
    (isStep ? steps[at] : place)?.scrollIntoView();
  }

  function turnTo(step: number) {
    if (!steps[step]) return;
    at = step;
    for (const [each, section] of steps.entries()) section.hidden = each !== at;
    if (back) back.hidden = at === 0;
    if (next) next.hidden = at === steps.length - 1;
    for (const rest of form.querySelectorAll<HTMLElement>('[data-after-steps]')) {
      rest.hidden = at !== steps.length - 1;
    }
  }

  function stepToMend() {
    const step = steps.findIndex((section) => section.querySelector('[aria-invalid="true"]'));
    return step < 0 ? null : step;
  }

  function stepOf(place: HTMLElement | null) {
    return steps.findIndex((section) => place !== null && section.contains(place));
  }
}

const placeInAddress = () => document.getElementById(location.hash.slice(1));
