/** Has behaviour changed since the version that the served model was trained on? */
import type { Json, Stage } from '../../pipelines/stage.ts';
import { DuckDbSession } from '../../tables/duckdb-session.ts';
import { sketchOf } from '../drift/client-sketch.ts';
import { type DriftProfile, parseDriftProfile } from '../drift/drift-profile.ts';
import { measure } from '../drift/measure.ts';
import { driftOutcome } from '../drift/report.ts';
import { loadSnapshot } from '../drift/snapshot.ts';
import { createTableViews } from '../table-views.ts';

const NOTHING_TO_COMPARE = { drift_detected: false, drift_score: 0, drifted_features: [] as string[] };

/**
 * Reads the tables and, if a model serves, the profile of the version it was trained on as `reference.json`. Writes
 * `drift-profile.json`, which is that reference for later versions if this one is trained on, and `drift.json`.
 */
export const driftStage: Stage = {
  name: 'drift',
  codeVersion: 3,
  after: ['ingest'],
  inputs: ['table.*', 'ingest.json', 'reference.json?'],
  weight: 3,
  async run(context) {
    const reference = context.find('reference.json')
      ? parseDriftProfile(await context.json('reference.json'))
      : undefined;
    const { version } = (await context.json('ingest.json')) as { version: string };
    await using db = await DuckDbSession.open(context);
    await createTableViews(db, context);
    const scales = reference?.mapping.scales;
    const snapshot = await loadSnapshot(db, {
      ...(scales?.amount && { amount: scales.amount.levels }),
      ...(scales?.receipt_cost && { receipt_cost: scales.receipt_cost.levels }),
      ...(scales?.receipt_items && { receipt_items: scales.receipt_items.levels }),
    });
    context.progress(0.6, 'comparing');
    if (!snapshot) {
      await context.outputJson('drift.json', {
        ...NOTHING_TO_COMPARE,
        verdict: 'The version has no dated transactions.',
      });
      return { summary: { ...NOTHING_TO_COMPARE, verdict: 'The version has no dated transactions.' } };
    }
    const sketch = sketchOf(snapshot);
    const { mapping, own, latest, sameDays } = measure(snapshot, reference);
    const profile: DriftProfile = {
      format: 1,
      version,
      last: snapshot.last,
      clients: snapshot.clients,
      sketch,
      mapping,
      ...own,
    };
    await context.outputJson('drift-profile.json', profile as unknown as Json);
    if (!reference || !latest) {
      const verdict = 'There is no reference yet: nothing was trained before.';
      await context.outputJson('drift.json', { ...NOTHING_TO_COMPARE, verdict, reference_version: null, features: [] });
      return { summary: { ...NOTHING_TO_COMPARE, verdict, reference_version: null } };
    }
    const { verdict, report } = driftOutcome(reference, latest, sameDays, sketch);
    await context.outputJson('drift.json', report);
    context.metric('drift_score', verdict.score);
    return {
      summary: {
        drift_detected: verdict.drifted,
        drift_score: verdict.score,
        verdict: report.verdict,
        drifted_features: report.drifted_features,
        reference_version: reference.version,
      },
    };
  },
};
