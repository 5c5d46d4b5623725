import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe has against the page as it is now: rule and the first places of each. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Not as a script of the page: its policy would refuse it, as it should.
  await page.evaluate(axe.source);
  const results = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as AxeResults;
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}
