import { gammaUpper } from '../distributions.ts';

/** P(Z >= z) to full precision, by the incomplete gamma function: what 1e-6 on p-values takes. */
export function normalUpper(z: number): number {
  const half = gammaUpper(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}
