import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A full collection takes some 30 ms in a process of ordinary size: not after every small memory. */
const MOST_BYTES_KEPT = 256 * 1024 * 1024;

let collect: (() => void) | undefined;
let kept = 0;

/**
 * V8 does not count shared memories of WebAssembly, so that a heap that hardly grows keeps those of all past computations: sixty
 * of 64 MB were 4 GB. These two make it look for them: in the main thread and in every worker, since each holds on to them.
 */
export function letGoOf(bytes: number): void {
  kept += bytes;
}

/** To be called when nothing on the stack refers to them any more. */
export function releaseMemory(): void {
  if (kept < MOST_BYTES_KEPT) return;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  kept = 0;
}
