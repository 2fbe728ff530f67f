/** Turns the Markdown of an article into HTML: no HTML of its own, no images, and links to our own pages only. */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable(['image']);
// A path of ours, and not //another-host.
markdown.validateLink = (url) => /^\/(?!\/)[\w/?=&#.-]*$/.test(url);

/** `{{phone}}` and `{{utility}}` stand for what this utility is called and how it is reached. */
export function htmlOf(body: string, utility: { name: string; phone: string }): string {
  const said = body.replaceAll('{{phone}}', utility.phone).replaceAll('{{utility}}', utility.name);
  return markdown.render(said);
}
