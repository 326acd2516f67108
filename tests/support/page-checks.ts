import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that axe counts as serious or critical, with the elements. */
export async function seriousAxeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Buttons and links whose text is wider than they are. */
export function clippedControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, h1, h2, strong')]
      .filter(
        (element) =>
          element.offsetParent !== null &&
          element.scrollWidth > element.clientWidth + 2 &&
          getComputedStyle(element).overflowX === 'hidden' &&
          element.clientWidth > 0,
      )
      .map((element) => element.innerText.slice(0, 60)),
  );
}

/**
 * Words and controls that are cut off at the side by the window or by a part that clips. Frames that scroll by themselves (they
 * take the focus for it) and words that end in an ellipsis are meant so.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const clips = (element: Element) => getComputedStyle(element).overflowX !== 'visible';
    const clipperOf = (element: Element): Element => {
      for (let part = element.parentElement; part !== null; part = part.parentElement) if (clips(part)) return part;
      return document.documentElement;
    };
    return [...document.querySelectorAll<HTMLElement>('button, a, span, input, select, h1, h2, h3, p, dt, dd')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        if (width === 0 || element.closest('.visually-hidden, [aria-hidden="true"], [inert]') !== null) return false;
        const clipper = clipperOf(element);
        if (clipper.matches('[tabindex="0"]') || getComputedStyle(clipper).textOverflow === 'ellipsis') return false;
        const edge = clipper.getBoundingClientRect();
        return right > edge.right + 1 || left < edge.left - 1;
      })
      .map((element) => `${element.tagName} ${element.innerText.slice(0, 60)}`);
  });
}
