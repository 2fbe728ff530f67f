/** Work that moves the page waits for the press that caused it: what moves from under a pointer is missed. */

/** Gives a way to do work now or, while a button is held down on the page, right after the click that it ends in. */
export function pressesOn(page: Document) {
  let pressed = false;
  page.addEventListener('pointerdown', () => (pressed = true), { capture: true });
  for (const end of ['pointerup', 'pointercancel'])
    page.addEventListener(end, () => (pressed = false), { capture: true });

  return (work: () => void) => {
    if (pressed) page.addEventListener('pointerup', () => setTimeout(work), { capture: true, once: true });
    else work();
  };
}
