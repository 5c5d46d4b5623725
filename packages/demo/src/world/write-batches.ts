import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VersionData } from './version.ts';

interface WrittenBatch {
  readonly batch_id: number;
  readonly hash: string;
  readonly bytes: number;
}

/**
 * Writes a version as the service would have kept it: `batches/<table>/<id>.json` holds the body of each request, and
 * `manifest.json` says of which batches the version consists. The batches that were in the folder before are removed.
 *
 * @returns number of batches written.
 */
export function writeBatches(data: VersionData, version: string, directory: string): number {
  const batches = join(directory, 'batches');
  rmSync(batches, { recursive: true, force: true });
  const tables: Record<string, { total_batches: number; batches: WrittenBatch[] }> = {};
  let count = 0;
  for (const [table, { total, unsent }] of data.tables) {
    mkdirSync(join(batches, table), { recursive: true });
    const written: WrittenBatch[] = [];
    for (let batch = 1; batch <= total; batch++) {
      if (unsent.has(batch)) continue;
      const head = JSON.stringify({ version, table, batch_id: batch, total_batches: total }).slice(0, -1);
      const body = `${head},"records":${data.read(table, batch)}}`;
      writeFileSync(join(batches, table, `${batch}.json`), body);
      const hash = createHash('sha256').update(body).digest('hex');
      written.push({ batch_id: batch, hash, bytes: Buffer.byteLength(body) });
    }
    tables[table] = { total_batches: total, batches: written };
    count += written.length;
  }
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version, tables }));
  return count;
}
