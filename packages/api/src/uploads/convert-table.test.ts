import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashBytes } from '../objects/object-store.ts';
import { openTable } from './columnar/open-table.ts';
import { convertTable } from './convert-table.ts';

describe('a CSV file made into columns', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-table-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const limits = { bytes: 2 ** 30, rows: 1e7, columns: 1000 };
  async function convert(text: string | Buffer) {
    const [file, target] = [join(folder, 'file'), join(folder, 'table')];
    await writeFile(file, text);
    return { target, table: convertTable({ file, target, limits }, () => undefined) };
  }

  it('gives stages numbers, NaN where one is missing, and texts by code', async () => {
    const { target, table } = await convert('n,t,d,b,e\n1,x,2024-01-02,yes,\n,y,,no,NA\n-2.5,x,03.01.2024,,\n');
    await using opened = await openTable(target);
    expect(opened.columns.map(({ type }) => type)).toEqual(['number', 'text', 'date', 'boolean', 'empty']);
    expect([...(await opened.numbers('n'))]).toEqual([1, Number.NaN, -2.5]);
    expect(await opened.texts('t')).toEqual({ codes: Int32Array.of(0, 1, 0), dictionary: ['x', 'y'] });
    expect([...(await opened.numbers('d'))]).toEqual([Date.UTC(2024, 0, 2), Number.NaN, Date.UTC(2024, 0, 3)]);
    expect([...(await opened.numbers('b'))]).toEqual([1, 0, Number.NaN]);
    expect([...(await opened.numbers('e'))]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    await expect(opened.numbers('t')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(opened.texts('z')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const bytes = await readFile(target);
    expect(table.table).toEqual({ hash: hashBytes(bytes), bytes: bytes.length });
    await writeFile(target, bytes.subarray(0, bytes.length - 20));
    await expect(openTable(target)).rejects.toMatchObject({ code: 'ARTIFACT_CORRUPT' });
  });

  it('loses no text that comes late among numbers, over several groups of rows', async () => {
    const columns = 700;
    const rows = 4000;
    const lines = [Array.from({ length: columns }, (_, at) => `c${at}`).join(',')];
    for (let row = 0; row < rows; row++) {
      // A late text in c0; texts only from the middle in c1; long numbers that are names in c2.
      const own = [
        row === 3500 ? '007x' : `00${row % 7}`,
        row < 2000 ? '' : `t${row % 3}`,
        `4081781000000000000${row % 10}`,
      ];
      lines.push([...own, ...new Array<number>(columns - 3).fill(row % 5)].join(','));
    }
    const { target, table } = await convert(lines.join('\n'));
    expect(table.rows).toBe(rows);
    await using opened = await openTable(target);
    expect(opened.columns.slice(0, 4).map(({ type }) => type)).toEqual(['text', 'text', 'text', 'integer']);
    const shown = async (name: string, row: number) => {
      const { codes, dictionary } = await opened.texts(name);
      return codes[row] === -1 ? null : dictionary[codes[row]];
    };
    expect([await shown('c0', 8), await shown('c0', 3500)]).toEqual(['001', '007x']);
    expect([await shown('c1', 10), await shown('c1', 2001), await shown('c1', 3999)]).toEqual([null, 't0', 't0']);
    expect(await shown('c2', 3)).toBe('40817810000000000003');
    expect((await opened.numbers('c699')).every((value, row) => value === row % 5)).toBe(true);
    expect(table.columns[1]).toMatchObject({ missing: 2000, distinct: 3, exact: true });
  });

  it('profiles columns as NumPy would', async () => {
    const { table } = await convert(`v\n${Array.from({ length: 100 }, (_, i) => (i * i) % 101).join('\n')}\n`);
    const [{ numbers, distinct, top }] = table.columns;
    // numpy: v = arange(100)**2 % 101; v.min, max, mean, std(ddof=1), quantile([.05,.25,.5,.75,.95]); histogram(v, 20)
    expect(numbers?.min).toBe(0);
    expect(numbers?.max).toBe(100);
    expect(numbers?.mean).toBeCloseTo(50.49, 10);
    expect(numbers?.standardDeviation).toBeCloseTo(30.334996624394407, 10);
    expect(numbers?.quantiles.map((value) => Number(value.toFixed(6)))).toEqual([5, 22, 50.5, 79, 96]);
    expect(numbers?.histogram).toEqual([4, 6, 4, 6, 10, 2, 6, 4, 2, 6, 4, 4, 2, 4, 4, 8, 8, 6, 2, 8]);
    expect(distinct).toBe(51);
    expect(top[0].count).toBe(2);
  });

  it('estimates how many texts there are where they are too many to count', async () => {
    const { table } = await convert(
      `t\n${Array.from({ length: 60_000 }, (_, i) => (i % 4 ? `text ${i}` : 'often')).join('\n')}\n`,
    );
    const [{ distinct, exact, top }] = table.columns;
    expect(exact).toBe(false);
    expect(Math.abs(distinct - 45_001) / 45_001).toBeLessThan(0.1);
    expect(top[0].value).toBe('often');
    expect(top[0].count).toBeGreaterThan(15_000 - 60_000 / 10_000);
  });
});
