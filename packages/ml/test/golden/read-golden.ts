import { readFileSync } from 'node:fs';

/** What the script of that name in this folder wrote. */
export const readGolden = (topic: string): unknown =>
  JSON.parse(readFileSync(new URL(`./${topic}.json`, import.meta.url), 'utf8'));
