import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIZES } from './config.ts';
import { CORRUPTION_NAMES } from './corruption.ts';
import { TABLE_NAMES } from './tables.ts';
import { createVersion, type VersionData } from './version.ts';
import { createWorld } from './world.ts';

function version(spec: string, directory?: string): VersionData {
  const world = createWorld({ ...SIZES.tiny, users: 120, seed: 2, stepDays: 0, steps: ['base', spec] });
  return createVersion(world, 1, { size: 1000, ...(directory === undefined ? {} : { directory }) });
}

function contents(data: VersionData): string[] {
  return TABLE_NAMES.flatMap((table) =>
    Array.from(
      { length: data.tables.get(table)?.total ?? 0 },
      (_, i) => `${table} ${i + 1} ${data.tables.get(table)?.unsent.has(i + 1)} ${data.read(table, i + 1)}`,
    ),
  );
}

describe('a version', () => {
  it('holds the same batches in memory and in a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-version-'));
    expect(contents(version('same', folder))).toEqual(contents(version('same')));
    rmSync(folder, { recursive: true });
  });

  it('is JSON of records in every batch, with all ten tables', () => {
    const data = version('same');
    expect([...data.tables.keys()].sort()).toEqual([...TABLE_NAMES].sort());
    for (const table of TABLE_NAMES) {
      const records = JSON.parse(data.read(table, 1)) as unknown[];
      expect(records.length).toBeGreaterThan(0);
      expect(records.every((record) => typeof record === 'object' && record !== null)).toBe(true);
    }
  });

  it.each(CORRUPTION_NAMES)('is damaged by %s, the same way each time', (name) => {
    const damaged = contents(version(`corrupt:${name}`));
    expect(damaged).not.toEqual(contents(version('same')));
    expect(damaged).toEqual(contents(version(`corrupt:${name}`)));
  });
});
