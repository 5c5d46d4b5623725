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
  const parsed = contract.safeParse(value, { error: inWords });
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

type Issue = z.core.$ZodRawIssue;

/** What is wrong and what would be right; undefined leaves the words to zod. */
function inWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is required';
      return `must be ${TYPES[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`;
    case 'too_small':
      return `must ${limit(issue, `at least ${issue.minimum}`)}`;
    case 'too_big':
      return `must ${limit(issue, `at most ${issue.maximum}`)}`;
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  array: 'an array',
  object: 'an object',
  record: 'an object',
};

function limit(issue: { readonly origin: string }, bound: string): string {
  if (issue.origin === 'string') return bound === 'at least 1' ? 'not be empty' : `have ${bound} characters`;
  return issue.origin === 'array' ? `hold ${bound} entries` : `be ${bound}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : `${value}`;
  if (typeof value === 'string') return 'a text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
