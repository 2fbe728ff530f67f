/**
 * A text that is being typed, kept until it is sent: at once in this tab, and a moment later with us. So neither a
 * reload nor an expired session, another tab or another computer loses it.
 */

export type KeptText = ReturnType<typeof keptText>;

/** How long the fingers rest before what they typed is sent to be kept, in milliseconds. */
const rest = 800;
/** How long one sending may keep the next one waiting, in milliseconds. */
const patience = 15_000;

interface Kept {
  /** Tells it from other texts of the tab. */
  name: string;
  /** What a refused form brought back; it wins over whatever was kept. */
  refused: string;
  /** What was kept with us when the page was read. */
  draft: string;
  /** Where it is kept, and as what. */
  address: string;
  form: string;
}

export function keptText({ name, refused, draft, address, form }: Kept) {
  const key = `hearth.typed.${name}`;
  let text = $state(refused || draft);
  let saved = $state(draft !== '' && draft === (refused || draft));
  let resting: ReturnType<typeof setTimeout> | undefined;

  let sending: Promise<unknown> | null = null;
  let again = false;

  const body = () => new URLSearchParams({ form, text });

  /** One after the other: sent side by side, what was typed could arrive after its own clearing, and be kept for ever. */
  function save() {
    clearTimeout(resting);
    resting = undefined;
    again = sending !== null;
    sending ??= send().finally(() => {
      sending = null;
      if (again) save();
    });
  }

  async function send() {
    const sent = text;
    const asked = { method: 'POST', body: body(), keepalive: true, signal: AbortSignal.timeout(patience) };
    // Whatever does not reach us is still in this tab, and is sent with the next letter typed.
    const answer = await fetch(address, asked).catch(() => null);
    saved = answer !== null && answer.ok && text === sent && text !== '';
  }

  return {
    get text() {
      return text;
    },
    set text(typed: string) {
      text = typed;
      saved = false;
      if (typed === '') sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, typed);
      clearTimeout(resting);
      resting = setTimeout(save, rest);
    },
    /** Whether it is kept with us just as it stands here. */
    get saved() {
      return saved;
    },
    /** Brings back what this tab knew better than we did, in the browser only. Says whether there is anything. */
    restore() {
      const typed = sessionStorage.getItem(key);
      if (refused === '' && typed) {
        text = typed;
        saved = typed === draft;
      }
      return text !== '';
    },
    /** The page goes away: what was typed last is sent after it. */
    leave() {
      if (resting === undefined && !again) return;
      clearTimeout(resting);
      resting = undefined;
      again = false;
      navigator.sendBeacon(address, body());
    },
    clear() {
      this.text = '';
      save();
    }
  };
}
