import { md5 } from './md5.ts';

/** A file or a folder as dvc.lock and `.dvc` files have it. */
export interface Tracked {
  readonly path: string;
  /** Of a folder: that of its listing, with `.dir`. */
  readonly md5: string;
  readonly size: number;
  /** Of a folder. */
  readonly nfiles?: number;
}

export interface Member {
  /** Below the folder, with `/`. */
  readonly relpath: string;
  readonly md5: string;
  readonly size: number;
}

/** The listing of a folder, in DVC's bytes: sorted, and written as Python's json module does. */
export function listingOf(members: readonly Member[]): string {
  const sorted = [...members].sort((a, b) => (a.relpath < b.relpath ? -1 : 1));
  return `[${sorted.map((member) => `{"md5": "${member.md5}", "relpath": ${JSON.stringify(member.relpath)}}`).join(', ')}]`;
}

export function trackedFolder(path: string, members: readonly Member[]): Tracked {
  return {
    path,
    md5: `${md5(listingOf(members))}.dir`,
    size: members.reduce((sum, { size }) => sum + size, 0),
    nfiles: members.length,
  };
}

/** Keys in the order in which DVC writes those of a lock. */
export function lockEntry({ path, md5, size, nfiles }: Tracked) {
  return { path, hash: 'md5', md5, size, ...(nfiles === undefined ? {} : { nfiles }) };
}

/** Keys in the order in which DVC writes those of a `.dvc` file. */
export function outEntry({ path, md5, size, nfiles }: Tracked) {
  return { md5, size, ...(nfiles === undefined ? {} : { nfiles }), hash: 'md5', path };
}
