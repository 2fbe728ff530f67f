/** What can be done on this page by keyboard: offered by its parts, found by key, by the palette and by the help. */
import { onMount } from 'svelte';

export interface Command {
  /** Commands of one group stand together in the palette and the help. */
  group: string;
  label: string;
  /** One key, pressed alone. */
  key?: string;
  run: () => void;
}

/** Single keys can be turned off, for those whose speech or hands press them by accident. */
export const keys = {
  get on() {
    return on;
  },
  turn(wanted: boolean) {
    on = wanted;
    localStorage.setItem(kept, wanted ? 'on' : 'off');
  }
};

const kept = 'hearth.keys';
let on = $state(typeof window === 'undefined' || localStorage.getItem(kept) !== 'off');
const offers = $state<(() => Command[])[]>([]);

/** Offers commands for as long as the component that calls it is on the page. */
export function offer(commands: () => Command[]) {
  onMount(() => {
    offers.push(commands);
    return () => offers.splice(offers.indexOf(commands), 1);
  });
}

export const offered = (): Command[] => offers.flatMap((commands) => commands());

/** Runs the command of the key that was pressed, unless somebody is typing or a window is open over the page. */
export function runByKey(event: KeyboardEvent) {
  if (
    !on ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    isTyping(event.target)
  )
    return;
  if (document.querySelector('dialog[open]')) return;

  const command = offered().find(({ key }) => key === event.key);
  if (!command) return;
  event.preventDefault();
  command.run();
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));
