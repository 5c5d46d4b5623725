import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJs from 'exceljs';
import JsZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { barChart } from '../../charts/bar-chart.ts';
import { chartSvg, svgToPng } from '../../charts/render-chart.ts';
import type { ClusterReport } from './cluster-report.ts';
import { excelReport } from './excel-report.ts';

const OFFICE = ['soffice', 'libreoffice'].find((program) => spawnSync(program, ['--version']).status === 0);

const png = svgToPng(chartSvg(barChart([{ name: 'a', value: 1 }], 'Дендрограмма', 'height')));
const report = (): ClusterReport => ({
  title: 'Магазины <"&\'>',
  parameters: [['clustering', 'agglomerative']],
  metrics: [
    { name: 'silhouette', value: 0.31, definition: 'nearness to the own cluster' },
    { name: 'dunn', value: Number.NaN, definition: 'not defined for one cluster' },
  ],
  features: ['sales', 'visitors'],
  defaults: ['visitors'],
  means: [100, 50],
  deviations: [10, 0],
  clusters: [
    { label: -1, name: 'noise', size: 2, share: 2 / 30, description: 'far from all', means: [Number.NaN, 50] },
    { label: 0, name: 'cluster 0', size: 28, share: 28 / 30, description: 'sales above the mean', means: [105, 50] },
  ],
  columns: ['store', 'sales'],
  rows: 30,
  value: (row, column) => (column === 0 ? `=store ${row}` : row === 3 ? null : 100 + row),
  cluster: (row) => (row < 2 ? -1 : 0),
  pictures: [{ title: 'Dendrogram', png, width: 400, height: 256 }],
});

describe('the Excel report', () => {
  it('has rows with their cluster, means against all rows, and charts over their cells', async () => {
    const bytes = await excelReport(report());
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(bytes as unknown as ExcelJs.Buffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Summary',
      'Rows',
      'Default parameters',
      'Cluster means',
      'Charts',
      'Chart data',
      'Parameters',
    ]);
    const rows = book.getWorksheet('Rows');
    expect([4, 5].map((row) => rows?.getRow(row).values)).toEqual([
      [undefined, 0, '=store 2', 102],
      [undefined, 0, '=store 3', null].slice(0, 3),
    ]);
    expect(rows?.getCell('B4').formula).toBeUndefined();
    expect(book.getWorksheet('Cluster means')?.getRow(2).values).toEqual([undefined, 'sales', 100, 105, 0.05]);
    expect(book.getWorksheet('Default parameters')?.rowCount).toBe(2);
    expect(book.getWorksheet('Default parameters')?.getRow(2).values).toEqual([undefined, 'visitors', 50, 50, 0]);
    const zip = await JsZip.loadAsync(bytes);
    const chart = await zip.file('xl/charts/chart2.xml')?.async('string');
    expect(chart).toContain("'Chart data'!$C$2:$D$2");
    expect(book.getWorksheet('Chart data')?.getRow(2).values).toEqual([undefined, 'cluster 0', 28, 0.5]);
  });

  it('has the same bytes for the same report, and says which rows it leaves out', async () => {
    expect(await excelReport(report())).toEqual(await excelReport(report()));
    const book = new ExcelJs.Workbook();
    await book.xlsx.load((await excelReport(report(), 25)) as unknown as ExcelJs.Buffer);
    expect(book.getWorksheet('Rows')?.lastRow?.getCell(1).value).toBe('5 more rows are in the CSV file of the result.');
  });

  it.skipIf(!OFFICE)(
    'opens in LibreOffice with its charts (SKIPPED where that is not installed)',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'kindred-xlsx-'));
      try {
        await writeFile(join(folder, 'report.xlsx'), await excelReport(report()));
        const args = [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          'pdf',
          '--outdir',
          folder,
        ];
        const { status } = spawnSync(OFFICE ?? '', [...args, join(folder, 'report.xlsx')], { timeout: 120_000 });
        expect(status).toBe(0);
        const pdf = await readFile(join(folder, 'report.pdf'));
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
        expect(pdf.length).toBeGreaterThan(20_000);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    150_000,
  );
});
