/** Sending a form where there may be no line: then the page stays, with all that is written on it, and says so. */
import type { ActionResult, SubmitFunction } from '$app/forms';

interface Stay {
  /** What to say where nothing could be sent. */
  noLine: string;
  /** Told why it was not sent, in words; null once it was. */
  tell: (problem: string | null) => void;
}

/** For `use:enhance`. A second click while the first is under way is none. */
export function staying({ noLine, tell }: Stay): SubmitFunction {
  let underWay = false;
  return ({ cancel }) => {
    if (underWay) return cancel();
    underWay = true;
    return async ({ result, update }) => {
      underWay = false;
      const way = safetyIn(result);
      if (way) return location.assign(way);
      tell(result.type === 'error' ? whyNot(result, noLine) : null);
      if (result.type !== 'error') await update({ reset: false });
    };
  };
}

/** The server's own sentence where it gave one. What never came to it has no status, or that of a proxy. */
const whyNot = ({ status, error }: ActionResult & { type: 'error' }, noLine: string) =>
  status !== undefined || error.status < 500 ? error.message : noLine;

/** Where danger was heard in what was typed, the answer leads to safety. */
function safetyIn(result: object): string | null {
  return 'safety' in result && typeof result.safety === 'string' ? result.safety : null;
}
