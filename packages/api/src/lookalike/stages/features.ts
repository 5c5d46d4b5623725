import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Stage } from '../../pipelines/stage.ts';
import { DuckDbSession } from '../../tables/duckdb-session.ts';
import { loadWorld } from '../engine/load-world.ts';
import { packWorld } from '../engine/world.ts';
import { createTableViews } from '../table-views.ts';
import { TABLE_NAMES } from '../tables.ts';

const versionSchema = z.object({ version: z.string() });

/** Turns the tables into the columnar world that training and serving read. */
export const featuresStage: Stage = {
  name: 'features',
  codeVersion: 1,
  after: ['ingest'],
  inputs: [...TABLE_NAMES.map((name) => `table.${name}.parquet?`), 'ingest.json'],
  weight: 10,
  async run(context) {
    await using db = await DuckDbSession.open(context);
    await createTableViews(db, context);
    const ingest = versionSchema.parse(await context.json('ingest.json'));
    const world = await loadWorld(db.connection, ingest.version);
    context.progress(0.9, 'writing arrays');
    const file = join(context.scratch, 'world.bin');
    await writeFile(file, packWorld(world));
    await context.output('world.bin', file);
    return {
      summary: {
        users: world.userIds.length,
        brands: world.brandIds.length,
        offers: world.offers.ids.length,
        merchants: world.merchants.ids.length,
        transactions: world.transactions.brand.length,
        days: world.lastDay + 1,
      },
    };
  },
};
