/** What keeps somebody out: axe's rules (WCAG 2.2 AA), and a page that is wider than its screen. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The two looks at a page that between them show every breakpoint and both colour schemes. */
export const looks = [
  { colorScheme: 'light', viewport: { width: 390, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }
] as const;

/**
 * Finds fault with the page as it stands. Axe would open a second page for what it found in frames of other origins:
 * ours have no frames, and that page took more than half of the time. Style sheets and media need not be fetched
 * before: only rules about turned screens (off) and sound that starts by itself (we have none) look at them.
 */
export async function expectNoBarriers(page: Page) {
  expect(page.frames(), `${page.url()} has a frame that axe would not look into`).toHaveLength(1);
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false });
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => [page.url(), id, nodes.map(({ html }) => html)])).toEqual([]);
  const { wide, room } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth
  }));
  expect(wide, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(room);
}
