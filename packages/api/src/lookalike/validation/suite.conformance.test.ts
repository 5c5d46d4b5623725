/** Great Expectations itself, with our suites on the same data, sees what we see: verdict by verdict, count by count. */
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import { exportGreatExpectations } from '../../quality/export-great-expectations.ts';
import { type BothResults, findGreatExpectations, runScript, validateWithBoth } from '../../test/great-expectations.ts';
import { expectSameResults } from '../../test/same-results.ts';
import { corruptBanks } from '../fixtures/corrupt-banks.ts';
import { type Bank, smallBank } from '../fixtures/small-bank.ts';
import { type WriteVersionOptions, writeVersion } from '../fixtures/write-version.ts';
import { ingestStage } from '../stages/ingest.ts';
import { validateStage } from '../stages/validate.ts';

const python = findGreatExpectations();
const base = smallBank();

const VERSIONS: readonly { name: string; bank: Partial<Bank>; first?: boolean; options?: WriteVersionOptions }[] = [
  { name: 'the first version', bank: base, first: true },
  { name: 'the same data again', bank: base },
  { name: 'a later calendar, more clients and offers', bank: smallBank({ days: 140, users: 660, offers: 80 }) },
  ...corruptBanks(base),
  {
    name: 'lost batches',
    bank: base,
    options: { batchSize: 2000, lost: ['transaction.2', 'offer_seens.1'] },
  },
  { name: 'a version in which nothing arrived', bank: {} },
];

describe.skipIf(python === undefined)(
  `validation beside Great Expectations${python ? '' : ' (SKIPPED: it is not installed)'}`,
  () => {
    let root = '';
    const found = new Map<string, BothResults>();
    const folderOf = (index: number) => join(root, `v${index}`);

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'kindred-gx-'));
      for (const [index, { bank, first, options }] of VERSIONS.entries()) {
        const folder = folderOf(index);
        await writeVersion(folder, bank, options);
        if (!first) await copyFile(join(folderOf(0), 'profile.json'), join(folder, 'baseline.json'));
        const context = await DirectoryStageContext.open(folder, { threads: 2, memoryBytes: 512 * 2 ** 20 });
        await ingestStage.run(context);
        await validateStage.run(context);
      }
      const results = await validateWithBoth(
        python ?? '',
        VERSIONS.map((_, index) => folderOf(index)),
      );
      results.forEach((result, index) => {
        found.set(VERSIONS[index].name, result);
      });
    }, 180_000);
    afterAll(() => rm(root, { recursive: true, force: true }));

    const of = (name: string): BothResults => {
      const result = found.get(name);
      if (!result) throw new Error(`${name} was not validated`);
      return result;
    };

    test.each(VERSIONS.map(({ name }) => name))('suites load unchanged: %s', (name) => {
      const { suites, theirs } = of(name);
      expect(theirs.suites.map((suite) => suite.expectations)).toEqual(suites.map((suite) => suite.expectations));
      expect(theirs.suites.map((suite) => suite.name)).toEqual(suites.map((suite) => suite.name));
    });

    test.each(VERSIONS.map(({ name }) => name))('each verdict and count is the same: %s', (name) => {
      const { ours, theirs } = of(name);
      expectSameResults(ours.validation_results, theirs.validation_results);
    });

    test('the versions have shown every type of expectation, met and, of those that can fail, not met', () => {
      const all = [...found.values()].flatMap(({ ours }) => ours.validation_results.flatMap(({ results }) => results));
      const types = (success: boolean) =>
        new Set(all.filter((r) => r.success === success).map((r) => r.expectation_config.type));
      expect([...types(false)].sort()).toEqual([...types(true)].sort());
      expect(types(true).size).toBe(17);
      expect(all.length).toBeGreaterThan(4000);
    });

    test('Data Docs are built from our results and show each verdict', async () => {
      const index = VERSIONS.findIndex(({ name }) => name.includes('1% words in ids'));
      const target = join(root, 'exported');
      await exportGreatExpectations(folderOf(index), target);
      const project = join(root, 'project');
      await runScript(python ?? '', 'build_data_docs.py', target, project);
      const site = join(project, 'gx/uncommitted/data_docs/local_site');
      const pages = (await readdir(site, { recursive: true })).filter((path) => path.endsWith('.html'));
      const { ours } = of(VERSIONS[index].name);
      for (const { suite_name, success, statistics, results } of ours.validation_results) {
        const [, table] = suite_name.split('.');
        expect(pages).toContain(`expectations/lookalike/${table}.html`);
        const path = pages.find((page) => page.startsWith(`validations/lookalike/${table}/`));
        const html = await readFile(join(site, path ?? 'missing'), 'utf8');
        const marks = (name: string) => html.split(`class="fas ${name}"`).length - 1;
        // One for each expectation, and one for the table.
        expect(marks('fa-check-circle text-success'), table).toBe(
          Number(statistics.successful_expectations) + Number(success),
        );
        expect(marks('fa-times text-danger'), table).toBe(
          Number(statistics.unsuccessful_expectations) + Number(!success),
        );
        const failed = results.filter((result) => !result.success && Number(result.result.unexpected_count) > 0);
        for (const { result } of failed) expect(html).toContain(`${result.unexpected_count} unexpected values found`);
        expect(html, table).not.toMatch(/rendering error|Exception occurred/i);
      }
    }, 60_000);
  },
);
