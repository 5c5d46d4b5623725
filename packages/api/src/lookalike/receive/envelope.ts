import { isAscii, isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { DomainError } from '../../errors.ts';
import { TABLE_NAMES, type TableName } from '../tables.ts';
import { replaceBareTokens } from './bare-tokens.ts';
import { nestsDeeper } from './nesting.ts';

/** What a checked batch says about itself. */
export interface Envelope {
  readonly version: string;
  readonly table: TableName;
  readonly batchId: number;
  readonly totalBatches: number;
  /** Number of records. */
  readonly records: number;
}

export interface CheckedBatch extends Envelope {
  /** What is stored: the body as received, or its plain JSON where the body was more than that. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** sha-256 of `body`, hex. */
  readonly hash: string;
}

const TABLES: ReadonlySet<string> = new Set(TABLE_NAMES);
const LARGEST_BATCH_ID = 2 ** 31 - 1;
/** Of the whole body. DuckDB reads nesting by recursion, and a hundred thousand levels end its process. */
const DEEPEST_NESTING = 100;
export const LONGEST_VERSION_NAME = 200;

/**
 * Checks the whole body of `POST /data/batch`: one JSON object `{version, table, batch_id, total_batches, records}`.
 * Records are only checked to be objects: what is inside them is judged by validation, which can tell a rare oddity from
 * a corruption, while a refusal here would lose the batch.
 *
 * @throws DomainError INVALID_INPUT; `details.field` names what is wrong.
 */
export function checkBatch(body: Uint8Array<ArrayBuffer>): CheckedBatch {
  const { text, value, normal } = parse(body);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw invalid('body', 'the body must be a JSON object');
  }
  const fields = value as Record<string, unknown>;
  const version = checkVersionName(required(fields, 'version'));
  const table = checkTable(required(fields, 'table'));
  const batchId = checkCount(fields, 'batch_id');
  const totalBatches = checkCount(fields, 'total_batches');
  const records = checkRecords(required(fields, 'records'));
  if (batchId > totalBatches) {
    throw invalid('batch_id', `batch_id must be at most total_batches (${batchId} > ${totalBatches})`);
  }
  if (nestsDeeper(text, DEEPEST_NESTING, records.length)) {
    throw invalid('records', `records must not be nested more than ${DEEPEST_NESTING} levels deep`);
  }
  const stored = normal && isPlain(text) ? body : rewrite({ version, table, batchId, totalBatches }, records);
  return { version, table, batchId, totalBatches, records: records.length, body: stored, hash: hash('sha256', stored) };
}

/** The records of a body that was checked before. */
export function recordsOf(body: Uint8Array<ArrayBuffer>): unknown {
  return (parse(body).value as { records: unknown }).records;
}

/** @throws DomainError INVALID_INPUT */
export function checkVersionName(value: unknown): string {
  if (typeof value !== 'string') throw invalid('version', `version must be a string, not ${kindOf(value)}`);
  if (value.length === 0) throw invalid('version', 'version must not be empty');
  if (value.length > LONGEST_VERSION_NAME) {
    throw invalid('version', `version must have at most ${LONGEST_VERSION_NAME} characters`);
  }
  // Neither can be kept as text by PostgreSQL.
  if (value.includes('\0')) throw invalid('version', 'version must not hold a NUL character');
  if (!value.isWellFormed()) throw invalid('version', 'version must not hold half of a surrogate pair');
  return value;
}

function checkTable(value: unknown): TableName {
  if (typeof value !== 'string') throw invalid('table', `table must be a string, not ${kindOf(value)}`);
  if (!TABLES.has(value)) {
    throw invalid('table', `table must be one of ${TABLE_NAMES.join(', ')}; got ${JSON.stringify(value.slice(0, 60))}`);
  }
  return value as TableName;
}

function checkCount(fields: Record<string, unknown>, field: string): number {
  const value = required(fields, field);
  if (typeof value !== 'number') throw invalid(field, `${field} must be an integer, not ${kindOf(value)}`);
  if (!Number.isInteger(value) || value < 1 || value > LARGEST_BATCH_ID) {
    throw invalid(field, `${field} must be an integer from 1 to ${LARGEST_BATCH_ID}`);
  }
  return value;
}

function checkRecords(value: unknown): readonly object[] {
  if (!Array.isArray(value)) throw invalid('records', `records must be an array, not ${kindOf(value)}`);
  for (let i = 0; i < value.length; i++) {
    const record: unknown = value[i];
    if (record === null || typeof record !== 'object' || Array.isArray(record)) {
      throw invalid(`records[${i}]`, `records[${i}] must be an object, not ${kindOf(record)}`);
    }
  }
  return value;
}

function required(fields: Record<string, unknown>, field: string): unknown {
  const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (value === undefined) throw invalid(field, `${field} is required`);
  return value;
}

function parse(body: Uint8Array): { text: string; value: unknown; normal: boolean } {
  if (!isUtf8(body)) throw invalid('body', 'the body must be UTF-8');
  const view = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  // A string of one byte per character is decoded and parsed about twice as fast.
  const text = view.toString(isAscii(view) ? 'latin1' : 'utf8');
  try {
    return { text, value: JSON.parse(text), normal: true };
  } catch (first) {
    // Python's json.dumps writes NaN and Infinity, and editors begin files with a mark; both mean no harm.
    const repaired = replaceBareTokens(text.replace(/^\uFEFF/, ''));
    if (repaired === text) throw notJson(first);
    try {
      return { text, value: JSON.parse(repaired), normal: false };
    } catch {
      throw notJson(first);
    }
  }
}

/** Whether DuckDB reads the text exactly as JSON.parse does: one key `records`, no half of a surrogate pair, no NUL. */
function isPlain(text: string): boolean {
  const first = text.indexOf('"records"');
  if (first < 0 || text.indexOf('"records"', first + 1) >= 0) return false;
  return !text.includes('\\u') || !/\\u(?:0000|d[89a-f])/i.test(text);
}

function rewrite(envelope: Omit<Envelope, 'records'>, records: readonly object[]): Uint8Array<ArrayBuffer> {
  const { version, table, batchId, totalBatches } = envelope;
  const value = { version, table, batch_id: batchId, total_batches: totalBatches, records };
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'string' ? item.toWellFormed().replaceAll('\0', '') : item,
  );
  return new Uint8Array(Buffer.from(text));
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`.replace('a object', 'an object');
}

function invalid(field: string, message: string): DomainError {
  return new DomainError('INVALID_INPUT', message, { details: { field } });
}

function notJson(cause: unknown): DomainError {
  // The parser's message quotes the body; a short piece of it is enough to find the place.
  const reason = cause instanceof Error ? cause.message.replaceAll(/\s+/g, ' ').slice(0, 120) : '';
  return new DomainError('INVALID_INPUT', `the body is not valid JSON: ${reason}`, {
    cause,
    details: { field: 'body' },
  });
}
