/** What others take to bring a CSV file into columns and to profile it, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export interface PeerFigures {
  readonly name: string;
  readonly seconds: number;
  /** Peak of the resident memory of the whole process. */
  readonly bytes: number;
}

const DUCKDB = resolve(import.meta.dirname, '../../../api/bench/csv-to-parquet.ts');
const PANDAS = `
import json, resource, sys, time
import pandas
start = time.perf_counter()
table = pandas.read_csv(sys.argv[1])
table.to_pickle(sys.argv[2])
table.describe(include="all")
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
`;

/** @param python with pandas; left out without one. */
export function uploadPeers(csv: string, folder: string, python: string | undefined): PeerFigures[] {
  const duckdb = figures('DuckDB, read_csv to Parquet, summarize', process.execPath, [
    DUCKDB,
    csv,
    `${folder}/peer.parquet`,
  ]);
  if (!python) return [duckdb];
  return [
    duckdb,
    figures('pandas, read_csv, to_pickle, describe', python, ['-c', PANDAS, csv, `${folder}/peer.pickle`]),
  ];
}

function figures(name: string, program: string, args: readonly string[]): PeerFigures {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed: ${stderr.slice(-500)}`);
  const { seconds, bytes } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PeerFigures;
  return { name, seconds, bytes };
}
