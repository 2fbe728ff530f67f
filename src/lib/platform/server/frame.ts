/** The frame of a page: all that stands around what it is about, and is the same for everybody who reads it in one language. */

export interface Frame {
  headers: [name: string, value: string][];
  /** The page with these in its places. */
  draw(content: { head: string; body: string; address: string }): string;
}

/** What stands behind the example's path, so that it can be found again. */
export const frameQuery = 'frame=';

/**
 * The frame in a page that was drawn around nothing at the path `example`. Null where it has not exactly one title and one
 * empty main part: then it is not what we know, and nothing is kept of it.
 */
export async function frameOf(drawn: Response, example: string): Promise<Frame | null> {
  if (drawn.status !== 200) return null;
  const html = await drawn.text();
  const found = /^(.*)<title>[^<]*<\/title>(.*<main[^>]*>)(?:\s|<!--[^<]*-->)*(<\/main>.*)$/s.exec(html);
  if (!found || html.split('<title>').length + html.split('<main').length !== 4) return null;
  // A number that is used once cannot be kept.
  if (/nonce[=-]/.test(html + drawn.headers.get('content-security-policy'))) return null;

  const [before, between, after] = found.slice(1).map((part) => part.split(`${example}?${frameQuery}`));
  const headers = [...drawn.headers].filter(([name]) => !ofOneAnswer.has(name));
  return {
    headers,
    draw: ({ head, body, address }) =>
      [before, head, between, body, after]
        .map((part) => (typeof part === 'string' ? part : part?.join(address)))
        .join('')
  };
}

const ofOneAnswer = new Set(['etag', 'date', 'content-length', 'set-cookie', 'x-sveltekit-page']);
