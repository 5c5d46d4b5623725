import { MlError } from './errors.ts';

/**
 * Flat objects of numbers, texts and typed arrays as bytes: what models are saved in. "KML1", the length of a JSON header, the
 * header, then the arrays in the order of their names' appearance, little-endian, each at a multiple of eight bytes. The same
 * object gives the same bytes.
 */
export type FlatValue = number | string | boolean | readonly string[] | FlatArray;

type FlatArray = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

const ARRAYS = { Uint8Array, Uint16Array, Int32Array, Float32Array, Float64Array };
type ArrayName = keyof typeof ARRAYS;

const MAGIC = 'KML1';

interface Header {
  /** What the object is, and the version of its fields. */
  readonly kind: string;
  readonly version: number;
  readonly values: Record<string, number | string | boolean | readonly string[]>;
  readonly arrays: readonly { readonly name: string; readonly type: ArrayName; readonly length: number }[];
}

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

export function flatToBytes(kind: string, version: number, flat: object): Uint8Array {
  const entries = Object.entries(flat) as [string, FlatValue][];
  const arrays: [string, FlatArray][] = [];
  const values: Header['values'] = {};
  for (const [name, value] of entries) {
    if (ArrayBuffer.isView(value)) arrays.push([name, value]);
    else values[name] = value;
  }
  const header: Header = {
    kind,
    version,
    values,
    arrays: arrays.map(([name, array]) => ({ name, type: array.constructor.name as ArrayName, length: array.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = padded(8 + text.length);
  const bytes = new Uint8Array(arrays.reduce((sum, [, array]) => sum + padded(array.byteLength), start));
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  let at = start;
  for (const [, array] of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** @throws MlError BAD_MODEL_BYTES unless the bytes are a whole object of that kind and version. */
export function flatFromBytes(kind: string, version: number, bytes: Uint8Array): Record<string, FlatValue> {
  const { header, start } = readHeader(bytes);
  if (header.kind !== kind) throw new MlError('BAD_MODEL_BYTES', `a ${header.kind}, not a ${kind}`);
  if (header.version !== version) {
    throw new MlError('BAD_MODEL_BYTES', `version ${header.version} of ${kind} is not known, only ${version}`);
  }
  const flat: Record<string, FlatValue> = { ...header.values };
  let at = start;
  for (const { name, type, length } of header.arrays) {
    const Type = Object.hasOwn(ARRAYS, type) ? ARRAYS[type] : undefined;
    if (!Type || !Number.isSafeInteger(length) || length < 0) {
      throw new MlError('BAD_MODEL_BYTES', `array ${name} is declared badly`);
    }
    const size = length * Type.BYTES_PER_ELEMENT;
    if (at + padded(size) > bytes.length) throw new MlError('BAD_MODEL_BYTES', `array ${name} is cut short`);
    // A Node Buffer's own slice would share memory with what lies around it.
    flat[name] = new Type(new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += padded(size);
  }
  if (at !== bytes.length) throw new MlError('BAD_MODEL_BYTES', 'bytes follow the last array');
  return flat;
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  if (bytes.length < 8 || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) {
    throw new MlError('BAD_MODEL_BYTES', 'not a saved model');
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  let header: Header | null;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header | null;
  } catch {
    throw new MlError('BAD_MODEL_BYTES', 'the header is not JSON');
  }
  if (!Array.isArray(header?.arrays) || header.arrays.some((entry) => typeof entry?.name !== 'string')) {
    throw new MlError('BAD_MODEL_BYTES', 'the header lists no arrays');
  }
  return { header, start: padded(8 + length) };
}
