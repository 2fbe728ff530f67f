/** What came to an open request and is not in sight yet: it is said over the page and in its title. Browser only. */
import { afterNavigate } from '$app/navigation';
import { firstNews } from '#lib/requests/news.ts';

type Watched = { new_from: number | null; last_number: number; timeline: Parameters<typeof firstNews>[0] };

/** `from` is where what is new begins, `waiting` the same while nobody has it before their eyes. */
export function watchNews(request: () => Watched, me: () => string) {
  let from = $state(request().new_from);
  let waiting = $state(request().new_from);
  let known = request().last_number;

  $effect(() => {
    const { timeline, last_number } = request();
    const fresh = firstNews(timeline, known, { id: me(), staff: true });
    known = last_number;
    if (fresh !== null) from = waiting = fresh;
  });

  // Whoever opens the request begins at what is new; what comes later moves nothing. The router sets a page that it
  // led to back to its top: only then is it our turn.
  let opened = false;
  afterNavigate(() => {
    if (!opened && from !== null) show('start');
    opened = true;
  });

  $effect(() => {
    const mark = waiting === null ? null : document.querySelector(`#event-${waiting}`);
    if (!mark) return;
    const sight = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && document.visibilityState === 'visible') waiting = null;
    });
    const lookAgain = () => {
      sight.disconnect();
      sight.observe(mark);
    };
    lookAgain();
    document.addEventListener('visibilitychange', lookAgain);
    return () => {
      sight.disconnect();
      document.removeEventListener('visibilitychange', lookAgain);
    };
  });

  const show = (block: 'start' | 'center') =>
    document.querySelector(`#event-${from}`)?.scrollIntoView({ block });

  return {
    get from() {
      return from;
    },
    get waiting() {
      return waiting;
    },
    /** The number of the last event that was in sight. */
    get seen() {
      return waiting === null ? request().last_number : waiting - 1;
    },
    show
  };
}
