import { z } from 'zod';
import * as algorithms from './algorithms.ts';
import { MlError } from './errors.ts';
import type { AnyAlgorithm } from './estimator.ts';
import { flatFromBytes, flatToBytes } from './flat-bytes.ts';

/** All algorithms by name; an export of algorithms.ts that is none does not compile. */
export const registry = algorithms satisfies Record<string, AnyAlgorithm>;

export type AlgorithmName = keyof typeof registry;

export const algorithmNames = Object.keys(registry) as AlgorithmName[];

/** All algorithms of one kind, in the order of the list. */
export const algorithmsOf = <Kind extends AnyAlgorithm['kind']>(kind: Kind) =>
  Object.values<AnyAlgorithm>(registry).filter(
    (algorithm): algorithm is Extract<AnyAlgorithm, { kind: Kind }> => algorithm.kind === kind,
  );

/** JSON Schema of an algorithm's parameters, as they may be given: what a form shows. */
export const paramsSchema = (name: AlgorithmName) => z.toJSONSchema(registry[name].params, { io: 'input' });

type SavedAlgorithm = Extract<AnyAlgorithm, { readonly model: z.ZodType }>;

export const saveModel = (algorithm: SavedAlgorithm, model: object): Uint8Array =>
  flatToBytes(algorithm.name, algorithm.modelVersion, model);

/** @throws MlError BAD_MODEL_BYTES unless the bytes are a model of this algorithm. */
export function loadModel(algorithm: SavedAlgorithm, bytes: Uint8Array): object {
  const { data, error } = algorithm.model.safeParse(flatFromBytes(algorithm.name, algorithm.modelVersion, bytes));
  if (!data) throw new MlError('BAD_MODEL_BYTES', error.issues.map((issue) => issue.message).join('; '));
  return data;
}
