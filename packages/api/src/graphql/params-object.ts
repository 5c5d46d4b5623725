import { DomainError } from '../errors.ts';
import type { Json } from '../pipelines/stage.ts';

/** @throws DomainError INVALID_INPUT unless it is an object. */
export function paramsObject(params: Json): Record<string, Json> {
  if (typeof params === 'object' && params !== null && !Array.isArray(params)) return { ...params };
  throw new DomainError('INVALID_INPUT', 'params must be an object of parameters by name', {
    details: { field: 'params' },
  });
}
