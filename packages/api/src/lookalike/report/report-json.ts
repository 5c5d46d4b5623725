/** `report.json`: the run in figures, for machines; the page shows the same. */
import type { Json } from '../../pipelines/stage.ts';
import type { Sources } from './report-sources.ts';

export type Outcome = 'retrained' | 'model kept' | 'rejected by evaluation' | 'invalid data' | 'unfinished';

export function outcomeOf(sources: Sources): Outcome {
  if (sources['summary.validate']?.valid === false) return 'invalid data';
  const published = sources['summary.publish']?.published;
  if (published !== undefined) return published ? 'retrained' : 'rejected by evaluation';
  return sources['summary.decide']?.train === false ? 'model kept' : 'unfinished';
}

export function reportJson(sources: Sources): { [key: string]: Json } {
  const part = (value: unknown) => (value ?? null) as Json;
  const trained = sources['summary.train'];
  return {
    version: part(sources['ingest.json']?.version),
    outcome: outcomeOf(sources),
    data: part(sources['summary.ingest']),
    world: part(sources['summary.features']),
    validation: part(sources['summary.validate']),
    drift: part(sources['summary.drift']),
    decision: part(sources['summary.decide']),
    model: trained ? { metrics: trained.metrics, params: trained.params } : null,
    evaluation: part(sources['evaluation.json']),
    publish: part(sources['summary.publish']),
  };
}
