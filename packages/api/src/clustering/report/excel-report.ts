/** The report as an Excel workbook (.xlsx): summary, rows with their cluster, means, charts, parameters, pictures. */
import ExcelJs from 'exceljs';
import { clusterColour } from '../../charts/chart.ts';
import type { ClusterReport, ReportCluster } from './cluster-report.ts';
import { type NativeChart, withNativeCharts } from './native-charts.ts';

/** Rows of the sheet of rows; more are in the CSV, and a workbook of them would take minutes to open. */
const MOST_ROWS = 50_000;

const HEADER: Partial<ExcelJs.Style> = {
  font: { bold: true, color: { argb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E78' } },
  alignment: { vertical: 'middle', wrapText: true },
};
/** Of the files within: a report depends on its data and nothing else. */
const NO_DATE = new Date('2000-01-01T00:00:00Z');
/** Points of a line, and characters of one in the column of texts. */
const LINE = 15;
const CHARACTERS = 80;
const NUMBER = '#,##0.###';
const FRACTION = '0.00##';
/** Characters of a header that go into a unit of width: bold ones are wider than the digits that it counts. */
const HEADER_SHARE = 0.85;
/** Printed across the page, however wide. */
const PAGE: Partial<ExcelJs.PageSetup> = { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };

export async function excelReport(report: ClusterReport, mostRows = MOST_ROWS): Promise<Buffer> {
  const book = new ExcelJs.Workbook();
  book.creator = 'Kindred';
  book.title = report.title;
  book.created = NO_DATE;
  book.modified = NO_DATE;
  summarySheet(book, report);
  rowsSheet(book, report, mostRows);
  if (report.defaults.length > 0) meansSheet(book, 'Default parameters', report, report.defaults);
  meansSheet(book, 'Cluster means', report, report.features);
  const charts = chartsSheet(book, report);
  parametersSheet(book, report);
  return withNativeCharts(Buffer.from(await book.xlsx.writeBuffer()), charts, NO_DATE);
}

function sheetWithHeader(book: ExcelJs.Workbook, name: string, columns: readonly (readonly [string, number])[]) {
  const sheet = book.addWorksheet(name, { pageSetup: PAGE, views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(([header, width]) => ({ header, width }));
  header(sheet.getRow(1));
  sheet.getRow(1).height = LINE * Math.max(...columns.map(([name, width]) => linesOf(name, width * HEADER_SHARE)));
  return sheet;
}

function summarySheet(book: ExcelJs.Workbook, report: ClusterReport): void {
  const sheet = book.addWorksheet('Summary', { pageSetup: PAGE });
  sheet.columns = [{ width: 30 }, { width: 16 }, { width: 14 }, { width: 90 }];
  const title = sheet.addRow([report.title]);
  title.font = { bold: true, size: 16 };
  sheet.addRow([]);
  sheet.addRow(['Rows', report.rows]);
  sheet.addRow(['Clusters', report.clusters.filter(({ label }) => label >= 0).length]);
  sheet.addRow([]);
  header(sheet.addRow(['Measure', 'Value', '', 'What it says']));
  for (const { name, value, definition } of report.metrics) {
    const row = sheet.addRow([name, Number.isFinite(value) ? value : 'not defined', '', definition]);
    row.getCell(2).numFmt = '0.0000';
    wrap(row, definition);
  }
  sheet.addRow([]);
  header(sheet.addRow(['Cluster', 'Rows', 'Share', 'What sets it apart']));
  for (const { name, size, share, description } of report.clusters) {
    const row = sheet.addRow([name, size, share, description]);
    row.getCell(3).numFmt = '0.0%';
    wrap(row, description);
  }
}

/** Lines that a text takes in that many characters, broken between words, within one only where it is longer. */
function linesOf(text: string, characters: number): number {
  let [lines, used] = [1, 0];
  for (const { length } of text.split(' ')) {
    if (used > 0 && used + 1 + length > characters) {
      lines++;
      used = 0;
    }
    lines += Math.max(0, Math.ceil(length / characters) - 1);
    used += used > 0 ? length + 1 : length;
  }
  return lines;
}

/** Wraps the text of the last column, in a row as high as its lines: LibreOffice does not make it so by itself. */
function wrap(row: ExcelJs.Row, text: string): void {
  row.alignment = { vertical: 'top' };
  row.getCell(4).alignment = { wrapText: true, vertical: 'top' };
  row.height = LINE * linesOf(text, CHARACTERS);
}

function rowsSheet(book: ExcelJs.Workbook, report: ClusterReport, mostRows: number): void {
  const sheet = sheetWithHeader(book, 'Rows', [['Cluster', 12], ...report.columns.map((name) => [name, 16] as const)]);
  const shown = Math.min(report.rows, mostRows);
  const isFraction = (value: unknown) => typeof value === 'number' && !Number.isInteger(value);
  report.columns.forEach((_, column) => {
    let row = 0;
    while (row < shown && !isFraction(report.value(row, column))) row++;
    if (row < shown) sheet.getColumn(column + 2).numFmt = FRACTION;
  });
  for (let row = 0; row < shown; row++) {
    sheet.addRow([report.cluster(row), ...report.columns.map((_, column) => report.value(row, column))]);
  }
  if (shown < report.rows) sheet.addRow([`${report.rows - shown} more rows are in the CSV file of the result.`]);
  sheet.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: Math.max(1, shown), column: report.columns.length + 1 },
  };
}

/** Each cluster's mean against the mean of all rows. */
function meansSheet(book: ExcelJs.Workbook, name: string, report: ClusterReport, shown: readonly string[]): void {
  const clusters = report.clusters.filter(({ label }) => label >= 0);
  const sheet = sheetWithHeader(book, name, [
    ['Feature', 34],
    ['All rows', 14],
    ...clusters.flatMap(({ name }) => [[name, 14] as const, [`${name}, difference`, 16] as const]),
  ]);
  for (const feature of shown) {
    const at = report.features.indexOf(feature);
    const mean = report.means[at];
    const row = sheet.addRow([
      feature,
      orNull(mean),
      ...clusters.flatMap((cluster) => [orNull(cluster.means[at]), relative(cluster.means[at], mean)]),
    ]);
    row.eachCell((cell, column) => {
      if (column > 1) cell.numFmt = column > 2 && column % 2 === 0 ? '+0.0%;-0.0%;0.0%' : NUMBER;
    });
  }
}

const orNull = (value: number) => (Number.isFinite(value) ? value : null);
const relative = (value: number, mean: number) => (mean === 0 ? null : orNull((value - mean) / Math.abs(mean)));

/** Pictures, and the numbers that the native charts are drawn from. */
function chartsSheet(book: ExcelJs.Workbook, report: ClusterReport): NativeChart[] {
  // A page for each: programs that fit sheets to pages pay no heed to where pages are to end.
  const sheet = book.addWorksheet('Charts', { pageSetup: { orientation: 'landscape', scale: 85 } });
  const data = book.addWorksheet('Chart data', { pageSetup: PAGE });
  const named = report.clusters.filter(({ label }) => label >= 0);
  data.columns = ['Cluster', 'Rows', ...report.features].map((name) => ({
    header: name,
    width: Math.max(12, name.length + 2),
  }));
  header(data.getRow(1));
  const shownClusters = [...named, ...report.clusters.filter(({ label }) => label < 0)];
  for (const cluster of shownClusters) data.addRow([cluster.name, cluster.size, ...standardised(cluster, report)]);
  let row = 46;
  sheet.getRow(22).addPageBreak();
  for (const { title, png, width, height } of report.pictures) {
    sheet.getRow(row - 1).addPageBreak();
    sheet.getCell(row, 1).value = title;
    sheet.getCell(row, 1).font = { bold: true };
    // exceljs declares the Buffer of an older Node.
    const image = book.addImage({ buffer: png as unknown as ExcelJs.Buffer, extension: 'png' });
    sheet.addImage(image, { tl: { col: 0, row }, ext: { width, height } });
    row += Math.ceil(height / 20) + 3;
  }
  const last = report.clusters.length + 1;
  const shown = Math.min(report.features.length, 12);
  return [
    {
      title: 'Rows by cluster',
      categories: `'Chart data'!$A$2:$A$${last}`,
      series: [{ name: `'Chart data'!$B$1`, values: `'Chart data'!$B$2:$B$${last}`, colour: clusterColour(0) }],
      fromZero: true,
      place: { column: 0, row: 1, columns: 12, rows: 20 },
    },
    {
      title: 'Means, in standard deviations from the mean of all rows',
      categories: `'Chart data'!$C$1:$${columnName(2 + shown)}$1`,
      series: named.map(({ label }, at) => ({
        colour: clusterColour(label),
        name: `'Chart data'!$A$${at + 2}`,
        values: `'Chart data'!$C$${at + 2}:$${columnName(2 + shown)}$${at + 2}`,
      })),
      place: { column: 0, row: 22, columns: 13, rows: 22 },
    },
  ];
}

const standardised = (cluster: ReportCluster, { means, deviations }: ClusterReport) =>
  Array.from(means, (mean, at) => (deviations[at] > 0 ? orNull((cluster.means[at] - mean) / deviations[at]) : null));

/** 1 is A. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return column > 26 ? columnName(Math.floor((column - 1) / 26)) + letter : letter;
}

function parametersSheet(book: ExcelJs.Workbook, report: ClusterReport): void {
  const sheet = sheetWithHeader(book, 'Parameters', [
    ['Parameter', 44],
    ['Value', 60],
  ]);
  const sorted = [...report.parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of sorted) {
    const row = sheet.addRow([name, value]);
    row.alignment = { vertical: 'top', wrapText: true };
    row.height = LINE * Math.max(linesOf(name, 44), linesOf(value, 60));
  }
}

function header(row: ExcelJs.Row): void {
  row.eachCell((cell) => {
    Object.assign(cell, { style: HEADER });
  });
}
