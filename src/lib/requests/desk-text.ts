/** What staff write on a request: a reply that its customer reads, or a note that only staff read. */
export const deskTexts = ['reply', 'note'] as const;
export type DeskText = (typeof deskTexts)[number];
