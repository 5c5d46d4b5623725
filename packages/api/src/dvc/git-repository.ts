import fs from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import git from 'isomorphic-git';
import { readIfThere } from './read-if-there.ts';

const BRANCH = 'main';
const AUTHOR = { name: 'Kindred', email: 'kindred@localhost', timezoneOffset: 0 };

export interface NewCommit {
  readonly message: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly tag: string;
}

/** A git repository whose commits hold exactly the files that they are given. No git program is needed. */
export class GitRepository {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async open(root: string): Promise<GitRepository> {
    await mkdir(root, { recursive: true });
    // Asking for HEAD is not enough: a crash may have left half of a repository.
    await git.init({ fs, dir: root, defaultBranch: BRANCH });
    return new GitRepository(root);
  }

  /** The commit that the tag names; undefined where there is none. */
  async tagged(tag: string): Promise<string | undefined> {
    return this.#resolve(`refs/tags/${tag}`);
  }

  async head(): Promise<string | undefined> {
    return this.#resolve(`refs/heads/${BRANCH}`);
  }

  async message(commit: string): Promise<string> {
    return (await git.readCommit({ fs, dir: this.root, oid: commit })).commit.message;
  }

  /** Puts the files in place of all that the commit before had, and commits them. */
  async commit(files: ReadonlyMap<string, string | Buffer>, { message, timestamp, tag }: NewCommit): Promise<string> {
    await this.write(files);
    const known = await git.listFiles({ fs, dir: this.root });
    for (const path of known) {
      if (files.has(path)) continue;
      await rm(join(this.root, path), { force: true });
      await git.remove({ fs, dir: this.root, filepath: path });
    }
    await git.add({ fs, dir: this.root, filepath: [...files.keys()], force: true });
    const author = { ...AUTHOR, timestamp };
    const commit = await git.commit({ fs, dir: this.root, message, author, committer: author, ref: `refs/heads/${BRANCH}` });
    await this.tag(tag, commit);
    return commit;
  }

  async tag(tag: string, commit: string): Promise<void> {
    await git.tag({ fs, dir: this.root, ref: tag, object: commit, force: true });
  }

  /** Writes files that differ from what is there. */
  async write(files: ReadonlyMap<string, string | Buffer>): Promise<void> {
    for (const [path, content] of files) {
      const file = join(this.root, path);
      const bytes = Buffer.from(content);
      if ((await readIfThere(file))?.equals(bytes)) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }

  /** Removes a lock that a writer left that was killed. Only for the one who writes. */
  async removeLeftovers(): Promise<void> {
    await rm(join(this.root, '.git/index.lock'), { force: true });
    // An index of which half was written cannot be read; it is made anew from what is committed.
    const index = await readFile(join(this.root, '.git/index')).catch(() => undefined);
    if (index === undefined) return;
    await git.listFiles({ fs, dir: this.root }).catch(() => rm(join(this.root, '.git/index'), { force: true }));
  }

  async #resolve(ref: string): Promise<string | undefined> {
    return git.resolveRef({ fs, dir: this.root, ref }).catch((error: unknown) => {
      if (error instanceof git.Errors.NotFoundError) return undefined;
      throw error;
    });
  }
}
