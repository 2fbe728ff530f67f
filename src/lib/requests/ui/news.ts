/** What is new on a page that is followed: opened at it, said in the title and over the page until it is in sight. */
import { isFresh } from '#lib/ui/catch-up.ts';

const title = document.title;
/** The last news that was in sight. */
let seen = 0;

/** To be called at first, and whenever the page was refreshed. */
export function showNews() {
  const mark = document.querySelector<HTMLElement>('#new');
  const way = document.querySelector<HTMLElement>('[data-news]');
  const number = Number(mark?.dataset['number'] ?? 0);
  sight.disconnect();
  if (!mark || !way || number <= seen) {
    if (way) way.hidden = true;
    document.title = title;
    return;
  }
  way.hidden = false;
  way.classList.add('floats');
  document.title = `${way.dataset['news']} · ${title}`;
  sight.observe(mark);
}

/** Whoever opens the page sees what is new first, unless they were led to another part of it. */
export function openAtNews() {
  if (location.hash === '' && isFresh()) document.querySelector('#new')?.scrollIntoView();
  showNews();
}

const sight = new IntersectionObserver((entries) => {
  if (entries.some(({ isIntersecting }) => isIntersecting) && document.visibilityState === 'visible') look();
});

// What came while the tab was behind another is looked at when somebody comes back.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && showNews());

function look() {
  const last = document.querySelector<HTMLElement>('[data-last]')?.dataset['last'] ?? '0';
  seen = Number(last);
  showNews();
  const body = new URLSearchParams({ number: last });
  // It may be lost: then it is still new the next time.
  const asked = { method: 'POST', body, keepalive: true, signal: AbortSignal.timeout(10_000) };
  void fetch(`${location.pathname}/read`, asked).catch(() => {});
}
