/** The pipeline that makes the mart of a quarter: sales, stores and places in one table, the newest version of a data set. */
import type { z } from 'zod';
import { CLUSTERING, Dataset } from '../../datasets/dataset.entity.ts';
import { DatasetVersion } from '../../datasets/dataset-version.entity.ts';
import { DomainError } from '../../errors.ts';
import { versionUpdated } from '../../jobs/end-job.ts';
import { lockGroup } from '../../jobs/lease.ts';
import { definePipeline, type Pipeline, type StageEffect } from '../../pipelines/pipeline.ts';
import type { Json } from '../../pipelines/stage.ts';
import type { ConvertedTable } from '../../uploads/convert-table.ts';
import { tableArtifact } from '../../uploads/stored-tables.ts';
import { lockObjects } from '../../uploads/sweep-tables.ts';
import { addTableVersion, settleTableVersion } from '../../uploads/table-version.ts';
import { datasetGroup } from '../../uploads/upload.operations.ts';
import { martStage } from './mart.stage.ts';
import { MART_CSV, MART_FACTS, MART_MANIFEST, MART_TABLE, martParams, STORES_MART } from './mart-params.ts';

export const martPipeline: Pipeline = definePipeline({
  name: STORES_MART,
  stages: [martStage],
  params: martParams as unknown as z.ZodType<Record<string, Json>>,
  async sources(em, job) {
    const params = martParams.parse(job.params);
    const artifacts = [];
    for (const name of ['sales', 'stores', 'geo'] as const) {
      const source = params[name];
      if (source === null) continue;
      const table = await tableArtifact(em, source.version);
      if (table.hash !== source.hash) {
        throw new DomainError(
          'ARTIFACT_CORRUPT',
          `The table of ${name} is not the one that was there when the job was made`,
        );
      }
      artifacts.push({ ...table, name: `${name}.bin` });
    }
    return { artifacts };
  },
  record: { mart: publish },
});

/** The mart as the newest version of its data set; the same content again changes nothing. */
async function publish(...[tx, record]: Parameters<StageEffect>): ReturnType<StageEffect> {
  const { name, quarter } = martParams.parse(record.job.params);
  const [csv, table, manifest] = [MART_CSV, MART_TABLE, MART_MANIFEST].map((one) => record.artifact(one));
  const read = (await record.json(MART_FACTS)) as unknown as ConvertedTable;
  await lockObjects(tx, [csv.key, table.key]);
  await lockGroup(tx, `mart:${name}`);
  const dataset =
    (await tx.findOne(Dataset, { name, kind: CLUSTERING, deletedAt: null }, { orderBy: { createdAt: 'desc' } })) ??
    tx.create(Dataset, { name, kind: CLUSTERING });
  await tx.flush();
  await lockGroup(tx, datasetGroup(dataset.id));
  const versions = await tx.find(DatasetVersion, { dataset: dataset.id }, { orderBy: { ordinal: 'desc' } });
  if (versions[0]?.manifestHash === manifest.hash && versions[0].filesRemovedAt == null) return;
  const version = await addTableVersion(tx, dataset, {
    fileName: `${name}-${quarter}.csv`,
    read,
    name: freeName(quarter, new Set(versions.map((one) => one.name))),
  });
  return { events: [versionUpdated(await settleTableVersion(tx, version.id, manifest))] };
}

/** The quarter, and where it was made before on other data, with a number. */
function freeName(quarter: string, taken: ReadonlySet<string>): string {
  let [name, at] = [quarter, 1];
  while (taken.has(name)) name = `${quarter}.${++at}`;
  return name;
}
