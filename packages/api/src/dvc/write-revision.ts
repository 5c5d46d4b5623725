import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { S3Config } from '../config.ts';
import { manifestMembers, manifestSchema } from '../datasets/manifest.ts';
import { canonicalJson } from '../objects/canonical-json.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Reports } from '../pipelines/pipeline.ts';
import type { ArtifactRef, Json } from '../pipelines/stage.ts';
import { DvcCache } from './dvc-cache.ts';
import { DvcRemote, dvcConfig, inGroups } from './dvc-remote.ts';
import type { CachedObject } from './dvc-revision.entity.ts';
import { dvcLock, dvcStages, dvcYaml, paramsYaml } from './dvc-yaml.ts';
import { GitMirror } from './git-mirror.ts';
import { GitRepository } from './git-repository.ts';
import { historyCsv } from './history.ts';
import { md5 } from './md5.ts';
import { readIfThere } from './read-if-there.ts';
import { BATCHES, DATA, type PlannedFile, REPORTS, type RevisionPlan, RUN } from './revision-plan.ts';
import { STAGE_SCRIPT, stageScript } from './stage-script.ts';
import { type Member, outEntry, type Tracked } from './tracked.ts';
import { yamlText } from './yaml-text.ts';

export interface RevisionPlace {
  /** Of the repository, absolute. */
  readonly root: string;
  readonly objects: ObjectStore;
  /** With it the objects go to the remote in the same bucket. */
  readonly s3: S3Config | undefined;
}

export interface WrittenRevision {
  readonly commit: string;
  readonly dvcHash: string;
  readonly objects: readonly CachedObject[];
  readonly metrics: Json;
}

/**
 * Writes a revision: objects into the cache and the remote, the files that name them, a commit and its tag. It may be called
 * again after any of its steps, and then makes no second commit.
 *
 * @throws DomainError ARTIFACT_MISSING when retention was faster.
 */
export async function writeRevision(
  { root, objects, s3 }: RevisionPlace,
  plan: RevisionPlan,
  reports: Reports | undefined,
): Promise<WrittenRevision> {
  const repository = await GitRepository.open(root);
  const mirror = s3 && new GitMirror(objects, repository);
  await mirror?.fetch(plan.history.map(({ commit }) => commit));
  const cache = new DvcCache(root);
  const cached = await fillCache(cache, objects, plan);
  if (s3) await new DvcRemote(objects).add(cached.objects, cache);
  await checkOut(root, cached);
  const read = (name: string) => readIfThere(join(root, cached.placeOf(name) ?? join(RUN, name)));
  const made = new Map((await reports?.files(read)) ?? []);
  const metrics = JSON.parse(String(made.get('metrics.json') ?? 'null')) as Json;
  const files = revisionFiles(plan, cached, {
    made,
    metrics,
    plots: reports?.plots ?? [],
    deps: (reports?.inputs ?? []).flatMap((name) => cached.placeOf(name) ?? []),
    config: dvcConfig(root, s3),
  });
  const commit = await commitOnce(repository, files, plan);
  await mirror?.push(commit);
  // The remote has the rest; links to it would keep copies on this disk for ever that the store's own cache has to let go of.
  if (s3) await cache.keepOnly(new Set(cached.objects.map(([hash]) => hash)));
  return {
    commit,
    dvcHash: cached.find(plan.manifest.path).md5,
    objects: cached.objects,
    metrics,
  };
}

/** Everything of the revision that lies in the cache. */
class Cached {
  readonly #tracked = new Map<string, Tracked>();
  readonly #objects = new Map<string, string | null>();
  readonly members: Member[] = [];

  add(tracked: Tracked, key: string | null): void {
    this.#tracked.set(tracked.path, tracked);
    this.#objects.set(tracked.md5, key);
  }

  addMember(member: Tracked, key: string): void {
    this.members.push({ relpath: member.path, md5: member.md5, size: member.size });
    this.#objects.set(member.md5, key);
  }

  get objects(): CachedObject[] {
    return [...this.#objects];
  }

  get tracked(): Tracked[] {
    return [...this.#tracked.values()];
  }

  find(path: string): Tracked {
    const found = this.#tracked.get(path);
    if (!found) throw new Error(`${path} is not in DVC's cache`);
    return found;
  }

  /** Where an artifact lies, made by the job or given to it. */
  placeOf(name: string): string | undefined {
    return [`${RUN}/${name}`, `${DATA}/${name}`].find((path) => this.#tracked.has(path));
  }
}

async function fillCache(cache: DvcCache, objects: ObjectStore, plan: RevisionPlan): Promise<Cached> {
  const cached = new Cached();
  const add = async ({ path, key }: PlannedFile) => cached.add(await cache.addFile(path, await objects.path(key)), key);
  const manifest = manifestSchema.parse(JSON.parse((await objects.get(plan.manifest.key)).toString('utf8')));
  const batches = [...manifestMembers(manifest).values()];
  await inGroups(batches, async ({ name, key }: ArtifactRef) => {
    cached.addMember(await cache.addFile(batchPath(name), await objects.path(key)), key);
  });
  cached.add(await cache.addFolder(BATCHES, cached.members), null);
  for (const file of [plan.manifest, ...plan.sources, ...plan.outputs]) await add(file);
  for (const { name, summary } of plan.stages)
    cached.add(await cache.addBytes(`${RUN}/summary.${name}`, Buffer.from(canonicalJson(summary))), null);
  return cached;
}

/** `batch.offer.1` -> `offer/1.json` */
function batchPath(name: string): string {
  const [, table, id] = name.split('.');
  return `${table}/${id}.json`;
}

/** The work tree is the newest revision's, so that `dvc status` has nothing to say. */
async function checkOut(root: string, cached: Cached): Promise<void> {
  const cache = new DvcCache(root);
  await rm(join(root, RUN), { recursive: true, force: true });
  await rm(join(root, DATA), { recursive: true, force: true });
  for (const { path, md5, nfiles } of cached.tracked) if (nfiles === undefined) await cache.checkOut(path, md5);
  await inGroups(cached.members, ({ relpath, md5 }) => cache.checkOut(`${BATCHES}/${relpath}`, md5));
}

interface Reported {
  readonly made: ReadonlyMap<string, string | Buffer>;
  readonly metrics: Json;
  readonly plots: Reports['plots'];
  readonly deps: readonly string[];
  readonly config: string;
}

/** What git has. */
function revisionFiles(
  plan: RevisionPlan,
  cached: Cached,
  { made, metrics, plots, deps, config }: Reported,
): Map<string, string | Buffer> {
  const given = [
    cached.find(plan.manifest.path),
    cached.find(BATCHES),
    ...plan.sources.map(({ path }) => cached.find(path)),
  ];
  const files = new Map<string, string | Buffer>([
    ['.dvc/config', config],
    ['.dvc/.gitignore', '/config.local\n/tmp\n/cache\n'],
    ['.dvcignore', ''],
    ['.gitignore', `/${RUN}\n${given.map(({ path }) => `/${path}\n`).join('')}`],
    [STAGE_SCRIPT, stageScript()],
  ]);
  for (const entry of given)
    files.set(
      `${entry.path}.dvc`,
      yamlText({ outs: [outEntry({ ...entry, path: entry.path.slice(DATA.length + 1) })] }),
    );
  for (const [name, content] of made) files.set(`${REPORTS}/${name}`, content);
  if (made.size > 0) files.set(`${REPORTS}/history.csv`, historyCsv([...plan.history, { tag: plan.tag, metrics }]));
  const stages = dvcStages(plan, { deps, files: [...made.keys()] });
  const params = paramsYaml(plan);
  const kept = new Map(
    [...made].map(([name, content]) => [`${REPORTS}/${name}`, inGit(`${REPORTS}/${name}`, content)]),
  );
  files.set(
    'dvc.yaml',
    yamlText(
      dvcYaml(
        stages,
        plots.filter(({ file }) => files.has(`${REPORTS}/${file}`)),
      ),
    ),
  );
  files.set('params.yaml', yamlText(params));
  files.set('dvc.lock', yamlText(dvcLock(stages, params, (path) => kept.get(path) ?? cached.find(path))));
  return files;
}

function inGit(path: string, content: string | Buffer): Tracked {
  const bytes = Buffer.from(content);
  return { path, md5: md5(bytes), size: bytes.length };
}

/**
 * The commit of the job, after that of the revision before. A writer may have made it that could not tell of it any more; what
 * else the branch may have is no revision.
 */
async function commitOnce(
  repository: GitRepository,
  files: ReadonlyMap<string, string | Buffer>,
  plan: RevisionPlan,
): Promise<string> {
  const trailer = `Kindred-Job: ${plan.jobId}`;
  for (const { tag, commit } of plan.history)
    if ((await repository.tagged(tag)) !== commit) await repository.tag(tag, commit);
  const [last, head] = [plan.history.at(-1)?.commit, await repository.head()];
  const present = head === undefined ? undefined : await repository.read(head);
  if (head !== undefined && present?.parent === last && present?.message.includes(trailer)) {
    await repository.tag(plan.tag, head);
    // The work tree has been made anew since.
    await repository.write(files);
    return head;
  }
  if (last !== undefined && head !== last) await repository.resume(last);
  const facts = Object.entries(plan.facts).map(([name, value]) => `${name}: ${value}`);
  return repository.commit(files, {
    message: `data: version ${JSON.stringify(plan.version)}\n\n${[...facts, trailer].join('\n')}\n`,
    timestamp: Math.floor(plan.finishedAt / 1000),
    tag: plan.tag,
    parent: last,
  });
}
