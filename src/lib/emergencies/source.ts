/** When many calls from behind one network are shown as one, so that a flood buries nobody else. */

/** From so many on they are folded; fewer are a house with a leak. */
export const foldFrom = 6;
/** How many of a fold are shown whole, the newest first. */
export const shownOfFold = 3;
