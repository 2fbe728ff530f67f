/** A text that is being typed, kept in this tab until it is sent: a reload or an expired session loses nothing. */

export type KeptText = ReturnType<typeof keptText>;

/** `name` tells it from other texts of the tab. `first` is what a refused form brought back. */
export function keptText(name: string, first: string) {
  const key = `hearth.typed.${name}`;
  let text = $state(first);

  return {
    get text() {
      return text;
    },
    set text(typed: string) {
      text = typed;
      if (typed === '') sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, typed);
    },
    /** Brings back what was typed before, in the browser only. Says whether there is anything. */
    restore() {
      text ||= sessionStorage.getItem(key) ?? '';
      return text !== '';
    },
    clear() {
      this.text = '';
    }
  };
}
