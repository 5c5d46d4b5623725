import { findFromPypi } from './programs.ts';

/** Evidently's command, beside which its Python is: by `KINDRED_EVIDENTLY`, on the PATH, or where `npm run test:conformance` installs it. */
export function findEvidently(): string | undefined {
  return findFromPypi(process.env.KINDRED_EVIDENTLY, 'evidently', 'evidently');
}
