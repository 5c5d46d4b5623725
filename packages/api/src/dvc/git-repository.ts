import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import git from 'isomorphic-git';
import { readIfThere } from './read-if-there.ts';
import { WholeFiles } from './whole-files.ts';

const BRANCH = 'main';
const AUTHOR = { name: 'Kindred', email: 'kindred@localhost', timezoneOffset: 0 };

export interface NewCommit {
  readonly message: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly tag: string;
  /** Undefined for the first. */
  readonly parent: string | undefined;
}

/** A git repository whose commits hold exactly the files that they are given. No git program is needed. */
export class GitRepository {
  readonly root: string;
  readonly #fs: WholeFiles['fs'];

  private constructor(root: string, fs: WholeFiles['fs']) {
    this.root = root;
    this.#fs = fs;
  }

  /** Opens the repository, made if it is not there, and clears away what a writer left that was killed. Only for the one who writes. */
  static async open(root: string): Promise<GitRepository> {
    await mkdir(root, { recursive: true });
    const files = new WholeFiles(root);
    await files.removeLeftovers();
    // A program called git may have been used here, and killed.
    await rm(join(root, '.git/index.lock'), { force: true });
    const repository = { fs: files.fs, dir: root };
    await git.init({ ...repository, defaultBranch: BRANCH });
    // It leaves a repository alone that has settings, which it writes before HEAD.
    await git.writeRef({ ...repository, ref: 'HEAD', value: `refs/heads/${BRANCH}`, symbolic: true, force: true });
    return new GitRepository(root, files.fs);
  }

  /** The commit that the tag names; undefined where there is none. */
  async tagged(tag: string): Promise<string | undefined> {
    return this.#resolve(`refs/tags/${tag}`);
  }

  async head(): Promise<string | undefined> {
    return this.#resolve(`refs/heads/${BRANCH}`);
  }

  async read(commit: string): Promise<{ readonly message: string; readonly parent: string | undefined }> {
    const { message, parent } = (await git.readCommit({ fs: this.#fs, dir: this.root, oid: commit })).commit;
    return { message, parent: parent[0] };
  }

  async has(commit: string): Promise<boolean> {
    return git.readCommit({ fs: this.#fs, dir: this.root, oid: commit }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof git.Errors.NotFoundError) return false;
        throw error;
      },
    );
  }

  /** The branch continues from this commit. */
  async resume(commit: string): Promise<void> {
    await git.writeRef({ fs: this.#fs, dir: this.root, ref: `refs/heads/${BRANCH}`, value: commit, force: true });
  }

  /** A pack of the commit with all its files, whatever other commits share with it. */
  async pack(commit: string): Promise<Buffer> {
    const oids = [
      commit,
      ...(await this.#treeObjects((await git.readCommit({ fs: this.#fs, dir: this.root, oid: commit })).commit.tree)),
    ];
    const { packfile } = await git.packObjects({
      fs: this.#fs,
      dir: this.root,
      oids: [...new Set(oids)],
      write: false,
    });
    if (!packfile) throw new Error(`commit ${commit} could not be packed`);
    return Buffer.from(packfile);
  }

  /** Takes in a pack; one that is there without its index was never whole, and is written again. */
  async unpack(pack: Buffer): Promise<void> {
    // A pack ends in its own checksum, which is its name.
    const filepath = `.git/objects/pack/pack-${pack.subarray(-20).toString('hex')}.pack`;
    await mkdir(join(this.root, dirname(filepath)), { recursive: true });
    await writeFile(join(this.root, filepath), pack, { flush: true });
    await git.indexPack({ fs: this.#fs, dir: this.root, filepath });
  }

  async #treeObjects(tree: string): Promise<string[]> {
    const { tree: entries } = await git.readTree({ fs: this.#fs, dir: this.root, oid: tree });
    const below = entries.map(({ type, oid }) => (type === 'tree' ? this.#treeObjects(oid) : [oid]));
    return [tree, ...(await Promise.all(below)).flat()];
  }

  /** Puts the files in place of all that the commit before had, and commits them. */
  async commit(
    files: ReadonlyMap<string, string | Buffer>,
    { message, timestamp, tag, parent }: NewCommit,
  ): Promise<string> {
    await this.write(files);
    const known = await git.listFiles({ fs: this.#fs, dir: this.root });
    for (const path of known) {
      if (files.has(path)) continue;
      await rm(join(this.root, path), { force: true });
      await git.remove({ fs: this.#fs, dir: this.root, filepath: path });
    }
    await git.add({ fs: this.#fs, dir: this.root, filepath: [...files.keys()], force: true });
    const author = { ...AUTHOR, timestamp };
    const commit = await git.commit({
      fs: this.#fs,
      dir: this.root,
      message,
      author,
      committer: author,
      parent: parent === undefined ? [] : [parent],
      ref: `refs/heads/${BRANCH}`,
    });
    await this.tag(tag, commit);
    return commit;
  }

  async tag(tag: string, commit: string): Promise<void> {
    await git.tag({ fs: this.#fs, dir: this.root, ref: tag, object: commit, force: true });
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

  async #resolve(ref: string): Promise<string | undefined> {
    return git.resolveRef({ fs: this.#fs, dir: this.root, ref }).catch((error: unknown) => {
      if (error instanceof git.Errors.NotFoundError) return undefined;
      throw error;
    });
  }
}
