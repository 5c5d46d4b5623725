import type { Reports } from '../pipelines/pipeline.ts';
import type { Json } from '../pipelines/stage.ts';
import { REPORTS, type RevisionPlan } from './revision-plan.ts';
import { lockEntry, type Tracked } from './tracked.ts';

/** A stage as both dvc.yaml and dvc.lock tell it. */
export interface DvcStage {
  readonly name: string;
  readonly cmd: string;
  readonly deps: readonly string[];
  /** Dotted names in params.yaml. */
  readonly params: readonly string[];
  readonly outs: readonly string[];
  /** Small ones, kept by git. */
  readonly reports: readonly string[];
}

/** The stages that the job ran, and the reports made of them. */
export function dvcStages(
  plan: RevisionPlan,
  reports: { deps: readonly string[]; files: readonly string[] },
): DvcStage[] {
  const stages = plan.stages.map(
    ({ name, params, deps, outs }): DvcStage => ({
      name,
      cmd: `sh kindred-stage ${name}`,
      deps: [...deps].sort(),
      params: [`code.${name}`, ...params.map((param) => `${plan.pipeline}.${param}`), 'seed'].sort(),
      outs: [...outs].sort(),
      reports: [],
    }),
  );
  if (reports.files.length > 0)
    stages.push({
      name: 'reports',
      cmd: 'sh kindred-stage reports',
      deps: [...reports.deps].sort(),
      params: [],
      outs: [],
      reports: reports.files.map((file) => `${REPORTS}/${file}`).sort(),
    });
  return stages;
}

const METRICS = `${REPORTS}/metrics.json`;

export function dvcYaml(stages: readonly DvcStage[], plots: Reports['plots']): unknown {
  return {
    stages: Object.fromEntries(
      stages.map(({ name, cmd, deps, params, outs, reports }) => {
        const plain = reports.filter((path) => path !== METRICS);
        const uncached = (path: string) => ({ [path]: { cache: false } });
        const all = [...outs, ...plain.map(uncached)];
        return [
          name,
          {
            cmd,
            deps,
            ...(params.length > 0 ? { params } : {}),
            ...(all.length > 0 ? { outs: all } : {}),
            ...(plain.length < reports.length ? { metrics: [uncached(METRICS)] } : {}),
          },
        ];
      }),
    ),
    ...(plots.length > 0 ? { plots: plots.map(plotEntry) } : {}),
  };
}

function plotEntry({ title, file, plot: { y, ...rest } }: Reports['plots'][number]) {
  return { [title]: { ...rest, y: { [`${REPORTS}/${file}`]: y } } };
}

/** params.yaml: what the stages take, and the version of the code of each. */
export function paramsYaml(plan: RevisionPlan): { [name: string]: Json } {
  return {
    version: plan.version,
    seed: plan.seed,
    code: Object.fromEntries(plan.stages.map(({ name, codeVersion }) => [name, codeVersion])),
    [plan.pipeline]: { ...plan.params },
  };
}

export function dvcLock(
  stages: readonly DvcStage[],
  params: { readonly [name: string]: Json },
  tracked: (path: string) => Tracked,
): unknown {
  const entries = (paths: readonly string[]) => [...paths].sort().map((path) => lockEntry(tracked(path)));
  return {
    schema: '2.0',
    stages: Object.fromEntries(
      stages.map((stage) => [
        stage.name,
        {
          cmd: stage.cmd,
          deps: entries(stage.deps),
          ...(stage.params.length > 0
            ? {
                params: {
                  'params.yaml': Object.fromEntries(stage.params.map((name) => [name, lookUp(params, name)])),
                },
              }
            : {}),
          outs: entries([...stage.outs, ...stage.reports]),
        },
      ]),
    ),
  };
}

function lookUp(params: Json, dotted: string): Json {
  let value: Json = params;
  for (const key of dotted.split('.'))
    value = value !== null && typeof value === 'object' && !Array.isArray(value) ? (value[key] ?? null) : null;
  return value;
}
