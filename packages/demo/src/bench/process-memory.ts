import { readdirSync, readFileSync } from 'node:fs';

/** Ids of a process and all below it. */
function family(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const parent = parentOf(pid);
    if (parent === null) continue;
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const out = [root];
  for (let i = 0; i < out.length; i++) out.push(...(children.get(out[i] as number) ?? []));
  return out;
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function field(path: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

export interface Peak {
  /** Highest sum over the processes of resident bytes; pages that several share count several times. */
  rss: number;
  /** The same with shared pages counted once. */
  pss: number;
}

/** Watches the memory of a process and all below it until stopped. Linux only. */
export function watchMemory(root: number, everyMs = 250): { peak: Peak; stop(): Peak } {
  const peak: Peak = { rss: 0, pss: 0 };
  const look = (): void => {
    let rss = 0;
    let pss = 0;
    for (const pid of family(root)) {
      rss += field(`/proc/${pid}/status`, 'VmRSS');
      pss += field(`/proc/${pid}/smaps_rollup`, 'Pss');
    }
    peak.rss = Math.max(peak.rss, rss);
    peak.pss = Math.max(peak.pss, pss);
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    peak,
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1048576)} MiB`;
}
