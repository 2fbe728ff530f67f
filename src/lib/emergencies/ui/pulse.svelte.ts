/** How many emergencies are open, as this browser heard last. Beaten by the desk's live line. */

export interface Pulse {
  newest: number;
  open: number;
  unacknowledged: number;
  near: number;
  late: number;
}

/** Null until the live line has spoken: then the page's own first look counts. */
let heard = $state.raw<Pulse | null>(null);

export const pulse = {
  get heard() {
    return heard;
  },
  /** Takes what came over the line, if it is a pulse. */
  beat(news: unknown) {
    if (isPulse(news)) heard = news;
  }
};

const isPulse = (news: unknown): news is Pulse =>
  typeof news === 'object' &&
  news !== null &&
  ['newest', 'open', 'unacknowledged', 'near', 'late'].every(
    (name) => typeof Reflect.get(news, name) === 'number'
  );
