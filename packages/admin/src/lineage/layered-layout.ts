import { type Graph, successors } from './without-steps.ts';

export interface Place {
  /** Column, from 0: everything that it was made from is in columns before. */
  readonly layer: number;
  /** Row within the column, from 0. */
  readonly row: number;
}

export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  readonly layers: number;
  /** Of the fullest column. */
  readonly rows: number;
}

/** Sweeps over the columns that put nodes near those they are linked with (the median heuristic of Sugiyama's method). */
const SWEEPS = 4;

/** Columns by the longest way from what was there first; a link back, should there be one, counts nothing. */
export function layeredLayout({ nodes, links }: Graph<unknown>): Layout {
  const layerOf = longestWays([...nodes.keys()], links);
  const layers: string[][] = [];
  for (const [key, layer] of layerOf) {
    layers[layer] ??= [];
    layers[layer].push(key);
  }
  const columns = Array.from(layers, (layer) => layer ?? []);
  untangle(columns, links);
  const places = new Map(columns.flatMap((column, layer) => column.map((key, row) => [key, { layer, row }] as const)));
  return { places, layers: columns.length, rows: Math.max(0, ...columns.map((column) => column.length)) };
}

function longestWays(keys: readonly string[], links: Graph<unknown>['links']): ReadonlyMap<string, number> {
  const next = successors(links);
  const waiting = new Map(keys.map((key) => [key, 0]));
  for (const [, to] of links) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const layerOf = new Map<string, number>(keys.map((key) => [key, 0]));
  const open = keys.filter((key) => waiting.get(key) === 0);
  for (const key of open) {
    for (const to of next.get(key) ?? []) {
      layerOf.set(to, Math.max(layerOf.get(to) ?? 0, (layerOf.get(key) ?? 0) + 1));
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) open.push(to);
    }
  }
  return layerOf;
}

/** Orders each column by the middle of those that its nodes are linked with, forth and back. */
function untangle(columns: string[][], links: Graph<unknown>['links']): void {
  const before = successors(links.map(([from, to]) => [to, from] as const));
  const after = successors(links);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forth = sweep % 2 === 0;
    const order = forth ? columns.keys() : [...columns.keys()].reverse();
    for (const at of order) {
      const rowOf = new Map(columns.flatMap((column) => column.map((key, row) => [key, row] as const)));
      const column = columns[at] ?? [];
      const middle = new Map(
        column.map((key, row) => [key, median((forth ? before : after).get(key) ?? [], rowOf) ?? row]),
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
    }
  }
}

function median(keys: readonly string[], rowOf: ReadonlyMap<string, number>): number | undefined {
  const rows = keys.map((key) => rowOf.get(key) ?? 0).sort((a, b) => a - b);
  const half = Math.floor(rows.length / 2);
  return rows.length % 2 === 1
    ? rows[half]
    : rows.length === 0
      ? undefined
      : ((rows[half - 1] ?? 0) + (rows[half] ?? 0)) / 2;
}
