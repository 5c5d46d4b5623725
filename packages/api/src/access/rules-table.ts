/** `npx node packages/api/src/access/rules-table.ts` writes the table of docs/access.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { MUTATIONS } from './rules.ts';

const FILE = new URL('../../../../docs/access.md', import.meta.url);

/** The page with the table as the list has it. */
export function pageWithRules(page: string): string {
  const rows = Object.entries(MUTATIONS).map(
    ([name, { needs, scope }]) => `| \`${name}\` | ${needs} | ${scope ?? ''} |\n`,
  );
  return page.replace(
    /(\|---\|---\|---\|\n)(?:\| `\w+` \|.*\n)*(?=<!-- rules)/,
    (_all, head: string) => head + rows.join(''),
  );
}

export const readAccessPage = (): string => readFileSync(FILE, 'utf8');

if (import.meta.main) writeFileSync(FILE, pageWithRules(readAccessPage()));
