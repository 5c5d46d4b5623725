/** What a method needs for so many rows, against what there is: the forecast and the stages' refusals ask the same here. */
import { countParameter, takesK } from '@kindred/ml/clustering/choose-k.ts';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { DomainError } from '../../errors.ts';
import type { ClusteringParams } from '../clustering-params.ts';
import { requestName } from '../methods.ts';

/** A method that plans its memory. */
export type SizedMethod = Extract<AnyAlgorithm, { memory: unknown }>;

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export interface Fitting {
  /** Most rows of so many columns that the method takes with these parameters; 0 where none. */
  readonly mostRows: number;
  /** Other methods that take all the rows, with the parameters that they have in themselves, as requests name them. */
  readonly methods: readonly string[];
}

/** With the most clusters that `automatic_k` tries. */
export function clustererParams(
  method: Extract<AnyAlgorithm, { kind: 'clusterer' }>,
  params: Record<string, unknown>,
  automatic: ClusteringParams['automatic_k'],
): Record<string, unknown> {
  return automatic && takesK(method) ? { ...params, [countParameter(method)]: automatic.to } : params;
}

/** What would fit in place of a method that does not. */
export function whatFits(
  method: SizedMethod,
  others: readonly SizedMethod[],
  { rows, columns }: Size,
  params: Record<string, unknown>,
  limit: number,
): Fitting {
  const needs = (count: number) => method.memory(count, columns, params);
  let [fits, fails] = [0, rows + 1];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (needs(middle) <= limit) fits = middle;
    else fails = middle;
  }
  const methods = others
    .filter((other) => other !== method && other.memory(rows, columns, other.params.parse({})) <= limit)
    .map(({ name }) => requestName(name));
  return { mostRows: fits, methods };
}

/** @throws DomainError TOO_LARGE saying what would fit. */
export function refuseBeyondMemory(
  method: SizedMethod,
  others: readonly SizedMethod[],
  size: Size,
  params: Record<string, unknown>,
  limit: number,
): void {
  const needed = method.memory(size.rows, size.columns, params);
  if (needed <= limit) return;
  const { mostRows, methods } = whatFits(method, others, size, params, limit);
  throw new DomainError(
    'TOO_LARGE',
    `${method.title} of ${size.rows} rows needs ${megabytes(needed)} MB, and there are ${megabytes(limit)} MB; ${inWords({ mostRows, methods })}`,
    { details: { needed, available: limit, rows: size.rows, most_rows: mostRows, methods: [...methods] } },
  );
}

/** What would fit, as the end of a sentence. */
export function inWords({ mostRows, methods }: Fitting): string {
  const rows = mostRows < 2 ? 'no number of rows fits' : `${mostRows} rows would fit`;
  return methods.length === 0 ? `${rows}, and no other method` : `${rows}, or all of them by ${methods.join(', ')}`;
}

const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
