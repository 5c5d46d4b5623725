import { type Core, pipelineNamed } from '../core.ts';
import { newId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { createJob } from '../jobs/create-job.ts';
import { versionUpdated } from '../jobs/end-job.ts';
import { Job } from '../jobs/job.entity.ts';
import { jobUpdated } from '../jobs/job-event.ts';
import { lockGroup } from '../jobs/lease.ts';
import { recordLineage } from '../lineage/lineage.operations.ts';
import { canonicalJson } from '../objects/canonical-json.ts';
import { hashBytes } from '../objects/object-store.ts';
import type { Json } from '../pipelines/stage.ts';
import { CLUSTERING, Dataset } from './dataset.entity.ts';
import { DatasetVersion } from './dataset-version.entity.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { lockReception } from './reception-gate.ts';

/** Data sets that have their name for themselves; uploaded tables are addressed by id. */
const addressed = (name: string) => ({ name, kind: { $ne: CLUSTERING } });

/** The data set of this name, made if it is not there. @param kind the pipeline that its versions run through. */
export async function ensureDataset(core: Core, name: string, kind: string): Promise<Dataset> {
  pipelineNamed(core, kind);
  const em = core.database.fork();
  const found = await em.findOne(Dataset, addressed(name));
  if (found) return found;
  // Another process may be making it too.
  await em.execute(
    "insert into dataset (id, name, kind, created_at) values (?, ?, ?, now()) on conflict (name) where kind <> 'clustering' do nothing",
    [newId(), name, kind],
  );
  return em.findOneOrFail(Dataset, addressed(name));
}

/**
 * The version of this name, opened for receiving if it is not there.
 *
 * @throws DomainError NOT_FOUND when there is no such data set.
 */
export async function ensureVersion(core: Core, dataset: string, name: string): Promise<DatasetVersion> {
  return core.database.fork().transactional((tx) => openVersion(tx, dataset, name));
}

/** Remembers what has arrived so far: for display only, the store knows better. */
export async function noteReceived(
  core: Core,
  versionId: string,
  tables: readonly string[],
  rowCounts: Record<string, number>,
): Promise<void> {
  const em = core.database.fork();
  const version = await em.findOne(DatasetVersion, { id: versionId, status: 'receiving' });
  if (!version) return;
  version.tablesReceived = [...tables];
  version.rowCounts = rowCounts;
  await em.flush();
  core.events.publish(versionUpdated(version));
}

export interface Commit {
  readonly version: DatasetVersion;
  readonly job: Job;
  /** False for a repeat: nothing was done. */
  readonly created: boolean;
}

/**
 * Closes a version: its manifest is stored, its position in commit order fixed, and its job created and queued, all in
 * one transaction. A repeat changes nothing and answers the same, whatever manifest it brings.
 *
 * @param content the manifest, or what makes it inside the transaction, once no process receives for the version any more; on
 *   PGlite, whose one connection the transaction holds, it must be ready.
 * @throws DomainError NOT_FOUND when there is no such data set; INVALID_INPUT for a manifest that is none.
 */
export async function commitVersion(
  core: Core,
  dataset: string,
  name: string,
  content: Manifest | (() => Promise<Manifest>),
): Promise<Commit> {
  const ready = typeof content === 'function' ? undefined : await storeManifest(core, content);
  const commit = await core.database.fork().transactional(async (tx) => {
    const version = await openVersion(tx, dataset, name);
    await lockReception(tx, version.id);
    await tx.refresh(version);
    const group = `dataset:${version.dataset.id}`;
    if (version.status !== 'receiving') {
      const job = await tx.findOneOrFail(Job, { datasetVersion: version.id }, { orderBy: { id: 'asc' } });
      return { version, job, created: false };
    }
    const { manifest, bytes } = ready ?? (await storeManifest(core, content));
    await lockGroup(tx, group);
    const [{ ordinal }] = await tx.execute<[{ ordinal: number }]>(
      'select coalesce(max(ordinal), 0) + 1 as ordinal from dataset_version where dataset_id = ?',
      [version.dataset.id],
    );
    Object.assign(version, {
      status: 'committed',
      ordinal,
      manifestHash: hashBytes(bytes),
      manifestBytes: bytes.length,
      tablesReceived: Object.keys(manifest.tables).sort(),
      committedAt: new Date(),
    });
    await tx.flush();
    await recordLineage(tx, [
      {
        from: { kind: 'manifest', id: hashBytes(bytes) },
        to: { kind: 'dataset_version', id: version.id },
        relation: 'contains',
      },
    ]);
    const { kind } = await version.dataset.loadOrFail();
    const job = await createJob(tx, core.queue, {
      pipeline: pipelineNamed(core, kind),
      datasetVersion: version,
      params: {},
      seed: core.config.seed,
      group,
    });
    return { version, job, created: true };
  });
  if (commit.created) {
    core.queue.wake();
    core.events.publish(versionUpdated(commit.version));
    core.events.publish(jobUpdated(commit.job));
  }
  return commit;
}

export async function findVersion(core: Core, dataset: string, name: string): Promise<DatasetVersion | undefined> {
  return (await core.database.fork().findOne(DatasetVersion, { dataset: addressed(dataset), name })) ?? undefined;
}

/** Stored before anything points to it: an object that no version points to is harmless, the reverse is not. */
async function storeManifest(core: Core, content: Manifest | (() => Promise<Manifest>)) {
  const manifest = typeof content === 'function' ? await content() : content;
  const bytes = Buffer.from(canonicalJson(parseManifest(manifest)));
  await core.objects.putContent(bytes);
  return { manifest, bytes };
}

async function openVersion(tx: Em, datasetName: string, name: string): Promise<DatasetVersion> {
  const dataset = await tx.findOne(Dataset, addressed(datasetName));
  if (!dataset)
    throw new DomainError('NOT_FOUND', `There is no data set ${datasetName}`, { details: { dataset: datasetName } });
  const find = () => tx.findOne(DatasetVersion, { dataset, name }, { populate: ['dataset'] });
  const known = await find();
  if (known) return known;
  // Two first batches may arrive at the same moment.
  await lockGroup(tx, `versions:${dataset.id}`);
  const found = await find();
  if (found) return found;
  const version = tx.create(DatasetVersion, { dataset, name });
  await tx.flush();
  return version;
}

function parseManifest(manifest: Manifest): Json {
  const parsed = manifestSchema.safeParse(manifest);
  if (parsed.success) return parsed.data as Json;
  const [issue] = parsed.error.issues;
  throw new DomainError('INVALID_INPUT', `The manifest is not usable: ${issue.path.join('.')}: ${issue.message}`);
}
