import type { GradientBoostingModel } from '../boosting/model.ts';
import { FIRST_ADDRESS, instantiate } from '../wasm-module.ts';
import type { PathTables } from './path-tables.ts';
import type { Explainer } from './scripted-explainer.ts';
import { WASM_BASE64 } from './tree-shap.generated.ts';

interface Exports {
  explainRow(trees: number, count: number, row: number, sums: number, agrees: number): void;
}

const HEADER = 32;
const NODE = 24;
const EDGE = 16;

/** Shapley values by compiled code. @returns undefined where it does not run. */
export function compiledExplainer(model: GradientBoostingModel, tables: readonly PathTables[]): Explainer | undefined {
  const width = model.names.length;
  let end = FIRST_ADDRESS;
  const reserve = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const row = reserve(4 * width);
  const out = reserve(8 * width);
  const sums = reserve(8 * Math.max(0, ...tables.map(({ points, ratio }) => points * (ratio.length + 1))));
  const agrees = reserve(Math.max(0, ...tables.map(({ ratio }) => ratio.length)));
  const headers = reserve(HEADER * tables.length);
  const places = tables.map((table) => placesOf(table, reserve));
  const instance = instantiate<Exports>(WASM_BASE64, end);
  if (!instance) return undefined;
  const { exports, buffer } = instance;
  tables.forEach((table, tree) => {
    writeTree(buffer, model, tree, table, headers + HEADER * tree, places[tree], out);
  });
  const rowValues = new Float32Array(buffer, row, width);
  const shapley = new Float64Array(buffer, out, width);
  return {
    addValues(values, from, target, targetFrom) {
      rowValues.set(values.subarray(from, from + width));
      shapley.fill(0);
      exports.explainRow(headers, tables.length, row, sums, agrees);
      for (let feature = 0; feature < width; feature++) target[targetFrom + feature] += shapley[feature];
    },
  };
}

interface TreePlaces {
  readonly nodes: number;
  readonly edges: number;
  readonly weights: number;
  readonly agree: number;
  readonly contradict: number;
  readonly takeAgree: number;
}

const placesOf = ({ points, ratio }: PathTables, reserve: (bytes: number) => number): TreePlaces => ({
  nodes: reserve((NODE * ratio.length) / 2),
  edges: reserve(EDGE * ratio.length),
  weights: reserve(2 * 8 * points),
  agree: reserve(8 * points * ratio.length),
  contradict: reserve(8 * points * ratio.length),
  takeAgree: reserve(8 * points * ratio.length),
});

function writeTree(
  buffer: ArrayBuffer,
  model: GradientBoostingModel,
  tree: number,
  table: PathTables,
  header: number,
  places: TreePlaces,
  out: number,
): void {
  const { points, edgeTo, sameFeature, ratio } = table;
  const view = new DataView(buffer);
  const head = [edgeTo.length, 8 * points, places.nodes, places.edges, places.weights];
  [...head, places.agree, places.contradict, places.takeAgree].forEach((value, at) => {
    view.setUint32(header + 4 * at, value, true);
  });
  new Float64Array(buffer, places.weights, points).set(table.weights);
  new Float64Array(buffer, places.weights + 8 * points, points).set(table.takeContradict);
  new Float64Array(buffer, places.agree, table.agree.length).set(table.agree);
  new Float64Array(buffer, places.contradict, table.contradict.length).set(table.contradict);
  new Float64Array(buffer, places.takeAgree, table.takeAgree.length).set(table.takeAgree);
  const root = model.nodeOffsets[tree];
  const leaves = model.leafOffsets[tree];
  edgeTo.forEach((edge, node) => {
    const at = places.nodes + NODE * node;
    view.setUint32(at, 4 * model.feature[root + node], true);
    view.setFloat32(at + 4, model.threshold[root + node], true);
    view.setUint32(at + 8, model.missingLeft[root + node], true);
    view.setUint32(at + 12, 8 * points * edge, true);
    view.setInt32(at + 16, sameFeature[2 * node], true);
    view.setUint32(at + 20, out + 8 * model.feature[root + node], true);
    [model.left[root + node], model.right[root + node]].forEach((child, side) => {
      const record = places.edges + EDGE * (2 * node + side);
      view.setFloat64(record, ratio[2 * node + side], true);
      view.setFloat64(record + 8, child < 0 ? model.leafValue[leaves + ~child] : 1, true);
    });
  });
}
