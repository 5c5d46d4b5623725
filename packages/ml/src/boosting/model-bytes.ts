import { MlError } from '../errors.ts';
import type { GradientBoostingModel } from './model.ts';

/**
 * A model as bytes: "KGB1", the length of a JSON header, the header, then the arrays in a fixed order, little-endian, each at a
 * multiple of eight bytes. The same model gives the same bytes.
 */
const MAGIC = 'KGB1';
const VERSION = 1;

interface Header {
  readonly version: number;
  readonly objective: GradientBoostingModel['objective'];
  readonly names: readonly string[];
  readonly base: number;
  readonly trees: number;
  readonly nodes: number;
  readonly leaves: number;
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

export function modelToBytes(model: GradientBoostingModel): Uint8Array {
  const header: Header = {
    version: VERSION,
    objective: model.objective,
    names: model.names,
    base: model.base,
    trees: model.nodeOffsets.length - 1,
    nodes: model.feature.length,
    leaves: model.leafValue.length,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const arrays = arraysOf(model);
  const start = padded(8 + text.length);
  const bytes = new Uint8Array(arrays.reduce((sum, array) => sum + padded(array.byteLength), start));
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** @throws MlError BAD_MODEL_BYTES for anything but the bytes of a model that can be walked safely. */
export function modelFromBytes(bytes: Uint8Array): GradientBoostingModel {
  const { header, start } = readHeader(bytes);
  const { trees, nodes, leaves } = header;
  let at = start;
  const next = (length: number): Uint8Array => {
    const from = at;
    at += padded(length);
    if (at > bytes.length) throw new MlError('BAD_MODEL_BYTES', 'the model is cut short');
    return bytes.slice(from, from + length);
  };
  const model: GradientBoostingModel = {
    objective: header.objective,
    names: header.names,
    base: header.base,
    nodeOffsets: new Int32Array(next(4 * (trees + 1)).buffer),
    leafOffsets: new Int32Array(next(4 * (trees + 1)).buffer),
    feature: new Int32Array(next(4 * nodes).buffer),
    threshold: new Float32Array(next(4 * nodes).buffer),
    missingLeft: next(nodes),
    left: new Int32Array(next(4 * nodes).buffer),
    right: new Int32Array(next(4 * nodes).buffer),
    gain: new Float64Array(next(8 * nodes).buffer),
    cover: new Int32Array(next(4 * nodes).buffer),
    leafValue: new Float64Array(next(8 * leaves).buffer),
    leafCover: new Int32Array(next(4 * leaves).buffer),
  };
  if (at !== bytes.length) throw new MlError('BAD_MODEL_BYTES', 'bytes follow the model');
  checkTrees(model);
  return model;
}

const arraysOf = (model: GradientBoostingModel) => [
  model.nodeOffsets,
  model.leafOffsets,
  model.feature,
  model.threshold,
  model.missingLeft,
  model.left,
  model.right,
  model.gain,
  model.cover,
  model.leafValue,
  model.leafCover,
];

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  if (bytes.length < 8 || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) {
    throw new MlError('BAD_MODEL_BYTES', 'not a gradient boosting model');
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header;
  } catch {
    throw new MlError('BAD_MODEL_BYTES', 'the header is not JSON');
  }
  if (header?.version !== VERSION) {
    throw new MlError('BAD_MODEL_BYTES', `version ${header?.version} of the format is not known`);
  }
  const counts = [header.trees, header.nodes, header.leaves];
  if (!Array.isArray(header.names) || counts.some((count) => !Number.isSafeInteger(count) || count < 0)) {
    throw new MlError('BAD_MODEL_BYTES', 'the header lacks names or counts');
  }
  return { header, start: padded(8 + length) };
}

/** Children come after their parents and stay within their tree, so every walk ends; features exist. */
function checkTrees({ nodeOffsets, leafOffsets, feature, left, right, leafValue, names }: GradientBoostingModel): void {
  const bad = (what: string) => new MlError('BAD_MODEL_BYTES', what);
  const trees = nodeOffsets.length - 1;
  if (nodeOffsets[0] !== 0 || leafOffsets[0] !== 0) throw bad('offsets do not start at 0');
  if (nodeOffsets[trees] !== feature.length || leafOffsets[trees] !== leafValue.length) throw bad('offsets do not end');
  for (let tree = 0; tree < trees; tree++) {
    const nodes = nodeOffsets[tree + 1] - nodeOffsets[tree];
    const leaves = leafOffsets[tree + 1] - leafOffsets[tree];
    if (nodes < 0 || leaves !== nodes + 1) throw bad(`tree ${tree} has ${nodes} nodes and ${leaves} leaves`);
    for (let node = 0; node < nodes; node++) {
      const at = nodeOffsets[tree] + node;
      for (const child of [left[at], right[at]]) {
        if (child >= 0 ? child <= node || child >= nodes : ~child >= leaves) throw bad(`tree ${tree} is no tree`);
      }
      if (feature[at] < 0 || feature[at] >= names.length) throw bad(`tree ${tree} asks for feature ${feature[at]}`);
    }
  }
}
