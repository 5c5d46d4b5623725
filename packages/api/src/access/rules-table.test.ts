import { expect, it } from 'vitest';
import { SCOPES } from './rules.ts';
import { pageWithRules, readAccessPage } from './rules-table.ts';
import { IDLE_MS, LONGEST_MS } from './session.operations.ts';

it('docs/access.md has the rules as the list has them', () => {
  const page = readAccessPage();
  expect(page).toMatch(/\| `signIn` \| stranger \|/);
  expect(pageWithRules(page)).toBe(page);
});

it('docs/access.md names the scopes and the lives of sessions', () => {
  const page = readAccessPage().replaceAll(/\s+/g, ' ');
  for (const scope of SCOPES) expect(page).toContain(`\`${scope}\``);
  expect(page).toContain(`after ${IDLE_MS / 3600_000} hours without use, after ${LONGEST_MS / 86_400_000} days`);
});
