import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isoDay } from './calendar.ts';
import { clientId } from './clients.ts';
import type { Evaluation } from './evaluate.ts';
import { summary } from './evaluate.ts';
import type { TableName } from './tables.ts';
import { rowBatches, TABLE_NAMES } from './tables.ts';
import type { World } from './world.ts';
import { momentOf } from './world.ts';

/** Writes one version: `<table>.ndjson` for each table and `truth.json` with the closed offers and the rankers' MAP@100. */
export async function writeWorld(
  world: World,
  step: number,
  evaluation: Evaluation,
  directory: string,
): Promise<Record<string, number>> {
  await mkdir(directory, { recursive: true });
  const moment = momentOf(world, step);
  const counts: Record<string, number> = {};
  const streams = new Map(
    TABLE_NAMES.map((name) => [name, createWriteStream(join(directory, `${name}.ndjson`))] as const),
  );
  for (const { table, rows } of rowBatches(world, moment, TABLE_NAMES, 5000)) {
    counts[table] = (counts[table] ?? 0) + rows.length;
    const stream = streams.get(table as TableName);
    if (stream && !stream.write(`${rows.join('\n')}\n`)) await once(stream, 'drain');
  }
  for (const stream of streams.values()) {
    stream.end();
    await once(stream, 'close');
  }
  await writeFile(
    join(directory, 'truth.json'),
    JSON.stringify({
      snapshot: { from: isoDay(moment.from), until: isoDay(moment.until), clients: moment.clients },
      summary: summary(evaluation),
      offers: evaluation.truths.map((entry, i) => ({
        offer_id: entry.offer.id,
        merchant_id: entry.offer.merchantId,
        brand_dk: world.brands.id[entry.offer.brand],
        start_date: isoDay(entry.offer.start),
        end_date: entry.offer.end === null ? null : isoDay(entry.offer.end),
        positives: entry.positives.map(clientId),
        ap: {
          oracle: evaluation.oracle[i],
          informed: evaluation.informed[i],
          activity: evaluation.activity[i],
          random: evaluation.random[i],
        },
      })),
    }),
  );
  return counts;
}
