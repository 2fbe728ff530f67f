/** What somebody typed and chose while the scripts of a page were still on their way, as on a slow line. */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Notes which answers on a page, files aside, are somebody's own. Call what it gives once the page is alive: it puts
 * back what was undone by that, and tells whoever listens as if it were answered now.
 */
export function noteAnswers(part: ParentNode): () => void {
  const controls = part.querySelectorAll<Control>('input:not([type=file]), textarea, select');
  const own = [...controls].filter(isAnswered).map((control) => ({ control, putBack: keep(control) }));

  return () => {
    for (const { control, putBack } of own) {
      if (!control.isConnected) continue;
      putBack();
      tell(control);
    }
  };
}

/** Tells a part of a page that has just come to life, and undid nothing, of the answers given in it before. */
export function catchUp(part: ParentNode) {
  if (isFresh()) noteAnswers(part)();
}

/** Whether what stands in the fields was put there by somebody now, and not by the browser's memory of an earlier visit. */
export function isFresh(): boolean {
  const [visit] = performance.getEntriesByType('navigation');
  return visit instanceof PerformanceNavigationTiming && visit.type === 'navigate';
}

/** Whether it says something else than what the page came with. */
function isAnswered(control: Control): boolean {
  if (control instanceof HTMLSelectElement) {
    const drawn = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(drawn, 0);
  }
  return isTick(control)
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

function keep(control: Control): () => void {
  const { value } = control;
  if (!isTick(control)) return () => void (control.value = value);
  const { checked } = control;
  return () => void (control.checked = checked);
}

function tell(control: Control) {
  // A radio button says nothing by letting go: the one that was chosen instead speaks.
  if (isTick(control) && control.type === 'radio' && !control.checked) return;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
  if (control !== document.activeElement)
    control.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
}

const isTick = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox');
