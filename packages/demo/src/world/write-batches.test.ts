import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SIZES } from './config.ts';
import { createVersion } from './version.ts';
import { createWorld } from './world.ts';
import { writeBatches } from './write-batches.ts';

const directory = mkdtempSync(join(tmpdir(), 'kindred-batches-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('each batch of the manifest is a file with all records of its table', () => {
  const data = createVersion(createWorld({ ...SIZES.tiny, users: 60 }), 0, { size: 500 });
  const count = writeBatches(data, 'v7', directory);
  const { version, tables } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  expect(version).toBe('v7');
  expect(Object.keys(tables).sort()).toEqual([...data.tables.keys()].sort());
  let files = 0;
  for (const [table, { total, records }] of data.tables) {
    const names = readdirSync(join(directory, 'batches', table));
    files += names.length;
    expect(names).toHaveLength(total);
    expect(tables[table].total_batches).toBe(total);
    const bodies = names.map((name) => JSON.parse(readFileSync(join(directory, 'batches', table, name), 'utf8')));
    expect(bodies.every((body) => body.table === table && body.version === 'v7')).toBe(true);
    expect(bodies.reduce((sum, body) => sum + body.records.length, 0)).toBe(records);
  }
  expect(files).toBe(count);
});
