import { DomainError } from '../errors.ts';
import type { StageContext } from '../pipelines/stage.ts';

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

/**
 * Before a fit begins.
 * @param needed bytes for so many rows.
 * @throws DomainError TOO_LARGE saying what it would need and how many rows would fit.
 */
export function refuseBeyondMemory(
  { memoryBytes }: StageContext,
  title: string,
  rows: number,
  needed: (rows: number) => number,
): void {
  const bytes = needed(rows);
  if (bytes <= memoryBytes) return;
  let [fit, beyond] = [0, rows];
  while (beyond - fit > 1) {
    const middle = Math.floor((fit + beyond) / 2);
    if (needed(middle) <= memoryBytes) fit = middle;
    else beyond = middle;
  }
  const wayOut = fit > 1 ? `about ${fit} rows would fit, or another method` : 'choose another method or other settings';
  throw new DomainError(
    'TOO_LARGE',
    `${title} of ${rows} rows needs ${megabytes(bytes)} MB, and there are ${megabytes(memoryBytes)} MB; ${wayOut}`,
    { details: { needed: bytes, available: memoryBytes, rows } },
  );
}
