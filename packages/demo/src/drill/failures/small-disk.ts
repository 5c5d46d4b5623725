import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { seconds } from './failure.ts';

/** Only root may mount. */
export const smallDisksPossible = process.getuid?.() === 0 && process.platform === 'linux';

/** How long disks stay full: longer than every wait of a request, shorter than senders insist. */
const FULL_SECONDS = 30;
const CHUNK = Buffer.alloc(1 << 20);

/** A new folder with a disk of its own, in memory, where one can be mounted; else a folder. */
export function mountSmallDisk(
  path: string,
  megabytes: number,
): { readonly path: string; readonly mounted: boolean; unmount(): void } {
  mkdirSync(path);
  if (smallDisksPossible) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', path]);
  return {
    path,
    mounted: smallDisksPossible,
    unmount() {
      if (smallDisksPossible) execFileSync('umount', ['--lazy', path]);
    },
  };
}

/** Fills the disks of the folders, keeps them full for half a minute, and makes room again. */
export async function fillForAWhile(folders: readonly string[]): Promise<void> {
  const fillers = folders.map((folder) => join(folder, 'filler'));
  try {
    for (const end = Date.now() + FULL_SECONDS * 1000; Date.now() < end; await seconds(0.2)) {
      // What a process gives up must not become room for it.
      for (const filler of fillers) fill(filler);
    }
  } finally {
    for (const filler of fillers) rmSync(filler, { force: true });
  }
}

function fill(file: string): void {
  const handle = openSync(file, 'a');
  try {
    const { bavail, bsize } = statfsSync(file);
    for (let left = bavail * bsize; left > 0; ) left -= writeSync(handle, CHUNK, 0, Math.min(CHUNK.length, left));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(handle);
  }
}
