import type { ObjectStore } from '../objects/object-store.ts';
import type { GitRepository } from './git-repository.ts';

/**
 * Commits in the store that all workers share: each has a repository on its own disk, and brings it up to date before it
 * writes. One pack per commit, with all that the commit needs.
 */
export class GitMirror {
  readonly #objects: ObjectStore;
  readonly #repository: GitRepository;

  constructor(objects: ObjectStore, repository: GitRepository) {
    this.#objects = objects;
    this.#repository = repository;
  }

  /** Brings in the commits that another worker has made. @throws DomainError ARTIFACT_MISSING */
  async fetch(commits: readonly string[]): Promise<void> {
    for (const commit of commits)
      if (!(await this.#repository.has(commit)))
        await this.#repository.unpack(await this.#objects.get(packKey(commit)));
  }

  async push(commit: string): Promise<void> {
    if (await this.#objects.has(packKey(commit))) return;
    await this.#objects.put(packKey(commit), await this.#repository.pack(commit));
  }
}

function packKey(commit: string): string {
  return `dvc-git/${commit}.pack`;
}
