/** What keeps somebody out: axe's rules (WCAG 2.2 AA), and a page that is wider than its screen. */
import axe from 'axe-core';
import { expect, type Frame, type Page } from '@playwright/test';

/** The two looks at a page that between them show every breakpoint and both colour schemes. */
export const looks = [
  { colorScheme: 'light', viewport: { width: 390, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }
] as const;

/** Looks at the page in both ways, one after the other, without loading it anew: with motion, colours would be on their way. */
export async function expectNoBarriersInAnyLook(page: Page) {
  for (const { colorScheme, viewport } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await expectNoBarriers(page);
  }
}

/**
 * Finds fault with the page as it stands, and with what it shows in a frame. Axe is put into each by hand: its own builder
 * also opens a second page for what it found, and a look took half as long again. Style sheets and media need not be
 * fetched before: only rules about turned screens (off) and sound that starts by itself (we have none) look at them.
 */
export async function expectNoBarriers(page: Page) {
  for (const frame of page.frames()) await expectNoneIn(frame);
}

async function expectNoneIn(frame: Frame) {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(`${axe.source}; undefined`);
  const violations = await frame.evaluate(async () => {
    const found = await window.axe.run(document, {
      resultTypes: ['violations'],
      preload: false,
      iframes: false
    });
    return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  });
  expect(violations, frame.url()).toEqual([]);
  const { wide, room } = await frame.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth
  }));
  expect(wide, `${frame.url()} is wider than the screen`).toBeLessThanOrEqual(room);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
