import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../../pipelines/stage.ts';
import { reportHtml } from '../report/report-html.ts';
import { outcomeOf, reportJson } from '../report/report-json.ts';
import { readSources, SOURCES } from '../report/report-sources.ts';

/** Tells what became of the version, whether it was trained on, kept the old model, or was found invalid. */
export const reportStage: Stage = {
  name: 'report',
  codeVersion: 1,
  inputs: Object.keys(SOURCES).map((name) => `${name}?`),
  always: true,
  weight: 1,
  async run(context) {
    const sources = await readSources(context);
    await context.outputJson('report.json', reportJson(sources));
    const file = join(context.scratch, 'report.html');
    await writeFile(file, reportHtml(sources));
    await context.output('report.html', file);
    return { summary: { outcome: outcomeOf(sources) } };
  },
};
