import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { awayInLog, awayInMetrics, type Failure, seconds } from '../failure.ts';

const CHUNK = Buffer.alloc(1 << 20);

export const diskFull: Failure = {
  name: 'disk full',
  skipped: ({ smallDisks }) => (smallDisks ? undefined : 'only root may mount disks that can be filled'),
  async strike({ processes }) {
    const fillers = processes.map(({ data }) => join(data, 'filler'));
    for (const filler of fillers) fill(filler);
    for (const end = Date.now() + 30_000; Date.now() < end; await seconds(1)) {
      // What a process gives up must not become room for it.
      for (const filler of fillers) fill(filler);
    }
    for (const filler of fillers) rmSync(filler);
  },
  inLog: awayInLog('disk'),
  inMetrics: awayInMetrics('disk'),
};

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
