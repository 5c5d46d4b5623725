import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { RestError } from './error-map.ts';

/** @throws RestError INVALID_INPUT naming the first field that does not fit the contract. */
export function parseJson<T>(body: Uint8Array, contract: z.ZodType<T>): T {
  let value: unknown;
  try {
    if (!isUtf8(body)) throw new Error('it is not UTF-8');
    value = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 120) : '';
    throw new RestError('INVALID_INPUT', `the body is not valid JSON: ${reason}`, { field: 'body' });
  }
  const parsed = contract.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 10).map((issue) => ({
    field: fieldName(issue.path),
    message: issue.message,
  }));
  const [first] = issues;
  throw new RestError('INVALID_INPUT', `${first.field}: ${first.message}`, { field: first.field, issues });
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}
