/**
 * Puts what a run has reported into a folder for people and for DVC's metrics and plots:
 * `node packages/api/src/lookalike/report/export-reports.ts <folder of the run> <reports>`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../../dvc/read-if-there.ts';
import { exportGreatExpectations } from '../../quality/export-great-expectations.ts';
import { lookalikeReports } from './report-files.ts';

const [folder, reports] = process.argv.slice(2);
if (!folder || !reports) {
  console.error('usage: export-reports <folder of the run> <reports>');
  process.exit(2);
}

await mkdir(reports, { recursive: true });
for (const [name, content] of await lookalikeReports.files((file) => readIfThere(join(folder, file))))
  await writeFile(join(reports, name), content);

await exportGreatExpectations(folder, join(reports, 'great_expectations'));
