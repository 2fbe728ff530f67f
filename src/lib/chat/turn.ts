/** What is said in a conversation before a person takes over. Pure. */

/** A way that is offered with an answer: a page of ours (`href`), or what else may have been meant (`topic`). */
export type Way = { label: string; href?: string; topic?: string; isSource?: boolean };

/** So long may one message to us be. */
export const mostOfLine = 2000;

/** What was offered under this topic, if it was the last thing offered: nobody chooses what was not there. */
export const chosenIn = (lines: readonly { ways: readonly Way[] }[], topic: string): Way | undefined =>
  topic === '' ? undefined : lines.at(-1)?.ways.find((way) => way.topic === topic);

/** The parameter that such an address bears. The words themselves stay out of it: addresses are kept and passed on. */
export const fromChat = { name: 'from', value: 'chat' } as const;

/**
 * Where a way that is offered in the chat leads: a form for asking, the list of them all, and an answer that leads on to
 * one are told that they are come to from there.
 */
export function hrefInChat(href: string): string {
  if (!/^\/(requests\/new|help)(\/|$|[?#])/.test(href)) return href;
  const { pathname, searchParams, hash } = new URL(href, 'http://here');
  searchParams.set(fromChat.name, fromChat.value);
  return `${pathname}?${searchParams}${hash}`;
}

/** The same on a page that was itself come to from there. */
export const onFromChat = (isFromChat: boolean) => (isFromChat ? hrefInChat : (href: string) => href);

export const isFromChat = ({ searchParams }: Pick<URL, 'searchParams'>): boolean =>
  searchParams.get(fromChat.name) === fromChat.value;
