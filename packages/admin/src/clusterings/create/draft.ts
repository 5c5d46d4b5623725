import { asFailure } from '../../graphql/failure.ts';

/** As `createClusteringJob` takes them: what is not named has its default. */
export type Params = Readonly<Record<string, unknown>>;

export type Path = readonly string[];

/** What stands there; undefined where nothing does. */
export function valueAt(params: unknown, path: Path): unknown {
  let at = params;
  for (const key of path) {
    if (!isObject(at)) return undefined;
    at = at[key];
  }
  return at;
}

/** With that value there; without what is undefined, and without objects that this leaves empty. */
export function withValue(params: Params, [key, ...rest]: Path, value: unknown): Params {
  if (key === undefined) return params;
  const { [key]: before, ...others } = params;
  const after = rest.length === 0 ? value : withValue(isObject(before) ? before : {}, rest, value);
  const isGone = after === undefined || (rest.length > 0 && isObject(after) && Object.keys(after).length === 0);
  return isGone ? others : { ...params, [key]: after };
}

export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the server says of single parameters, by their paths (`clustering.params.n_clusters`). */
export function problemsOf(error: unknown): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (!error) return problems;
  const { details } = asFailure(error).facts;
  const told = isObject(details) && Array.isArray(details.problems) ? details.problems : [];
  for (const problem of told) {
    const [, path, message] = /^([\w.-]+): (.*)$/s.exec(String(problem)) ?? [];
    if (path && message) problems.set(path, message);
  }
  return problems;
}
