import type { z } from 'zod';
import { MlError } from '../errors.ts';
import type { AnyAlgorithm } from '../estimator.ts';
import { algorithmsOf } from '../registry.ts';

/** @throws MlError BAD_PARAMETER where there is no such algorithm of that kind. */
export function methodNamed<Kind extends AnyAlgorithm['kind']>(kind: Kind, name: string) {
  const found = algorithmsOf(kind).find((algorithm) => algorithm.name === name);
  if (!found) throw new MlError('BAD_PARAMETER', `there is no ${kind} called ${name}`);
  return found;
}

/** @throws MlError BAD_PARAMETER where the method's schema refuses them. */
export function parametersOf(method: { name: string; params: z.ZodObject }, given: object): Record<string, unknown> {
  const { data, error } = method.params.strict().safeParse(given);
  if (data) return data;
  const issues = error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new MlError('BAD_PARAMETER', `${method.name}: ${issues.join('; ')}`);
}
