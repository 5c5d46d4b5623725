import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage, StageContext } from '../../pipelines/stage.ts';
import { driftHtml } from '../report/drift/drift-html.ts';
import { driftMethods } from '../report/drift/drift-methods.ts';
import { type DriftPage, driftPage } from '../report/drift/drift-report.ts';
import { evidentlySnapshot } from '../report/drift/evidently-snapshot.ts';
import { reportHtml } from '../report/report-html.ts';
import { outcomeOf, reportJson } from '../report/report-json.ts';
import { readSources, SOURCES, type Sources } from '../report/report-sources.ts';

/** Tells what became of the version, whether it was trained on, kept the old model, or was found invalid. */
export const reportStage: Stage = {
  name: 'report',
  codeVersion: 2,
  inputs: Object.keys(SOURCES).map((name) => `${name}?`),
  params: ['driftMethods'],
  always: true,
  weight: 1,
  async run(context) {
    const sources = await readSources(context);
    await context.outputJson('report.json', reportJson(sources));
    await outputPage(context, 'report.html', reportHtml(sources));
    const page = driftOf(sources, context);
    if (page) {
      await outputPage(context, 'drift.html', driftHtml(page));
      await context.outputJson('evidently.json', evidentlySnapshot(page));
    }
    return { summary: { outcome: outcomeOf(sources) } };
  },
};

/** Undefined for a version that drift was not measured on: an invalid one, or one without dated transactions. */
function driftOf(sources: Sources, context: StageContext): DriftPage | undefined {
  const profile = sources['drift-profile.json'];
  if (!profile) return undefined;
  const told = sources['summary.drift'];
  const verdict = told && { drifted: told.drift_detected, score: told.drift_score, text: told.verdict };
  const methods = driftMethods.parse(context.params.driftMethods ?? {});
  return driftPage(profile, sources['reference.json'], sources['drift.json']?.features ?? [], verdict, methods);
}

async function outputPage(context: StageContext, name: string, html: string): Promise<void> {
  const file = join(context.scratch, name);
  await writeFile(file, html);
  await context.output(name, file);
}
