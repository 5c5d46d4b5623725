import { useMemo, useState } from 'react';
import { type Params, type Path, problemsOf, valueAt, withValue } from './draft.ts';

/** The parameters that are being put together, and what is wrong with them. */
export interface Drafting {
  readonly params: Params;
  value(path: Path): unknown;
  problem(path: Path): string | undefined;
  /** How many parameters are wrong. */
  readonly problems: number;
  /** Undefined goes back to the default. */
  change(path: Path, value: unknown): void;
  /** Others in place of all. */
  start(params: Params): void;
}

export function useParams(): readonly [Params, (change: (params: Params) => Params) => void] {
  const [params, setParams] = useState<Params>({});
  return [params, setParams];
}

/** @param error what the server says of these parameters. */
export function useDrafting(
  params: Params,
  setParams: (change: (params: Params) => Params) => void,
  error: unknown,
): Drafting {
  const problems = useMemo(() => problemsOf(error), [error]);
  return {
    params,
    value: (path) => valueAt(params, path),
    problem: (path) => problems.get(path.join('.')),
    problems: problems.size,
    change: (path, value) => setParams((known) => withValue(known, path, value)),
    start: (others) => setParams(() => others),
  };
}
