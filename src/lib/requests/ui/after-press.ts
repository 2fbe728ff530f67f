/** Work that moves the page waits for the press that caused it: what moves from under a pointer is missed. */

let pressed = false;
addEventListener('pointerdown', () => (pressed = true), { capture: true });
for (const end of ['pointerup', 'pointercancel'])
  addEventListener(end, () => (pressed = false), { capture: true });

/** Does the work now or, while a button is held down, right after the click that it ends in. */
export function afterPress(work: () => void) {
  if (pressed) addEventListener('pointerup', () => setTimeout(work), { capture: true, once: true });
  else work();
}
