import { DomainError } from '../errors.ts';
import type { InputNames } from '../jobs/stage-run.entity.ts';
import { canonicalJson } from '../objects/canonical-json.ts';
import { hashBytes } from '../objects/object-store.ts';
import type { Bundle } from './pipeline.ts';
import type { ArtifactRef, Json, Stage } from './stage.ts';

/** What a stage may read, picked from everything that the job has so far. Crosses to the compute process as it is. */
export interface StageInputs {
  readonly artifacts: readonly ArtifactRef[];
  readonly bundles: readonly Bundle[];
  /** `summary.<stage>`: facts, not files. */
  readonly summaries: { readonly [name: string]: Json };
}

export interface Available {
  readonly artifacts: ReadonlyMap<string, ArtifactRef>;
  readonly bundles: readonly Bundle[];
  readonly summaries: ReadonlyMap<string, Json>;
}

/**
 * Picks what the stage's `inputs` name: `name`, `name?` (may be absent), `prefix*` (all there are).
 *
 * @throws DomainError ARTIFACT_MISSING for a name that is not there.
 */
export function selectInputs(stage: Stage, available: Available): StageInputs {
  const artifacts = new Map<string, ArtifactRef>();
  const bundles = new Map<string, Bundle>();
  const summaries: { [name: string]: Json } = {};
  for (const pattern of stage.inputs) {
    const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
    const name = pattern.endsWith('?') ? pattern.slice(0, -1) : pattern;
    const matches = prefix === undefined ? (key: string) => key === name : (key: string) => key.startsWith(prefix);
    let found = false;
    for (const [key, artifact] of available.artifacts) {
      if (!matches(key)) continue;
      artifacts.set(key, artifact);
      found = true;
    }
    for (const [key, summary] of available.summaries) {
      if (!matches(key)) continue;
      summaries[key] = summary;
      found = true;
    }
    for (const bundle of available.bundles) {
      if (bundle.prefix !== prefix) continue;
      bundles.set(bundle.prefix, bundle);
      found = true;
    }
    if (!found && prefix === undefined && !pattern.endsWith('?')) {
      throw new DomainError(
        'ARTIFACT_MISSING',
        `Stage ${stage.name} needs ${name}, which no stage before it has written`,
        {
          details: { stage: stage.name, input: name },
        },
      );
    }
  }
  return { artifacts: [...artifacts.values()], bundles: [...bundles.values()], summaries };
}

/** What a finished stage's row keeps of its inputs. */
export function inputNames({ artifacts, bundles, summaries }: StageInputs): InputNames {
  return { artifacts, bundles, summaries: Object.keys(summaries).sort() };
}

/**
 * The content hash of a stage's run: equal keys, equal results.
 * Inputs count by name and hash, so where the bytes lie and in which order they were found makes no difference.
 */
export function stageKey(
  stage: Stage,
  inputs: StageInputs,
  params: Readonly<Record<string, Json>>,
  seed: number,
): string {
  const byName = (a: readonly [string, string], b: readonly [string, string]) => (a[0] < b[0] ? -1 : 1);
  const identity = {
    name: stage.name,
    codeVersion: stage.codeVersion,
    artifacts: inputs.artifacts.map(({ name, hash }) => [name, hash] as const).sort(byName) as unknown as Json,
    bundles: inputs.bundles
      .map(({ prefix, manifest }) => [prefix, manifest.hash] as const)
      .sort(byName) as unknown as Json,
    summaries: inputs.summaries,
    params: Object.fromEntries((stage.params ?? []).map((name) => [name, params[name] ?? null])),
    seed,
  };
  return hashBytes(canonicalJson(identity));
}
