/** What somebody typed and chose while the scripts were still on their way, as on a slow line. */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Tells a part of a page that has just come to life of the answers that were given in it before, as if they were given
 * now. Files do not take part: the uploader looks for those itself.
 */
export function catchUp(part: HTMLElement) {
  for (const control of part.querySelectorAll<Control>('input:not([type=file]), textarea, select')) {
    if (!isAnswered(control)) continue;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    if (control !== document.activeElement)
      control.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  }
}

/** Whether it says something else than what the page came with. */
function isAnswered(control: Control): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    const drawn = options.findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(drawn, 0);
  }
  if (control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type))
    return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}
