/** Says on top of a form what is wrong in it, each line leading to its question, as the server does without scripts. */

/** `name` is that of the question, and `sentence` what is wrong with its answer, said with the question's own label. */
export interface Wrong {
  name: string;
  sentence: string;
}

/** Fills in the box that waits for it in `root`, and puts the reader there. What the server said before is over. */
export function summarise(root: HTMLElement, wrong: readonly Wrong[]) {
  const box = root.querySelector<HTMLElement>('[data-found-later]');
  if (!box) return;
  // The page wrote this itself.
  const titles = JSON.parse(box.dataset['foundLater'] ?? '[]') as string[];
  for (const before of document.querySelectorAll<HTMLElement>('[data-problems]')) before.hidden = true;

  box.querySelector('h2')?.replaceChildren(titles[wrong.length - 1] ?? '');
  box.querySelector('ul')?.replaceChildren(...wrong.map(lineTo));
  box.hidden = false;
  box.focus();
  box.scrollIntoView();
}

function lineTo({ name, sentence }: Wrong) {
  const link = document.createElement('a');
  link.href = `#${name}`;
  link.textContent = sentence;
  const line = document.createElement('li');
  line.append(link);
  return line;
}
