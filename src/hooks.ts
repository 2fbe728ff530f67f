/** How what a page was given travels to its scripts. */
import type { Transport } from '@sveltejs/kit/hooks';
import { isHtmlOnly } from '#lib/platform/html-only.ts';

export const transport: Transport = {
  htmlOnly: {
    encode: isHtmlOnly,
    decode: () => {
      throw new Error('These facts stay on the server: the page that draws them has no scripts.');
    }
  }
};
