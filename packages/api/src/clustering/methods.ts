/** The methods of each stage, by the names that requests have for them: all derived from the list of packages/ml. */
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { registry } from '@kindred/ml/registry.ts';
import type { z } from 'zod';

type OfKind<Kind extends AnyAlgorithm['kind']> = Extract<AnyAlgorithm, { kind: Kind }>;

/** Names that are customary beside those that follow from the algorithm's own. */
const CUSTOMARY: Readonly<Record<string, string>> = { gmm: 'gaussianMixture' };

/** `kernelPca` as `kernel_pca`. */
export const requestName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** However it is written: `k-means`, `kMeans`, `K_MEANS` and `kmeans` are one method. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** All algorithms of those kinds, in the order of the list. */
export const methodsOf = <Kind extends AnyAlgorithm['kind']>(...kinds: readonly Kind[]): readonly OfKind<Kind>[] =>
  Object.values<AnyAlgorithm>(registry).filter((entry): entry is OfKind<Kind> =>
    (kinds as readonly string[]).includes(entry.kind),
  );

/** @returns undefined where none is called so. */
export function methodNamed<Method extends { readonly name: string }>(
  methods: readonly Method[],
  name: string,
): Method | undefined {
  const wanted = plain(CUSTOMARY[name.toLowerCase()] ?? name);
  // `correlation` is enough for the threshold of correlation, where no other method begins so.
  const near = methods.filter((method) => plain(method.name).startsWith(wanted));
  return near.find((method) => plain(method.name) === wanted) ?? (near.length === 1 ? near[0] : undefined);
}

/** Columns may be chosen, or put into new ones. */
export const SELECTION_METHODS = methodsOf('selector', 'reducer');
export const REDUCTION_METHODS = methodsOf('reducer');
export const CLUSTERING_METHODS = methodsOf('clusterer');

export type Params = z.output<z.ZodObject>;
