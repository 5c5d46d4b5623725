/**
 * A file of named typed arrays behind a JSON head: how worlds and models are kept as artifacts and shared between
 * threads. Layout: magic `KPA1`, head length (uint32, little endian), head (UTF-8 JSON), then the arrays, each aligned to
 * 8 bytes. Reading copies nothing: the arrays are views of the buffer, which may be a SharedArrayBuffer.
 */
import type { Json } from '../../pipelines/stage.ts';

const KINDS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const;
type KindName = keyof typeof KINDS;
export type PackableArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

interface Head {
  readonly meta: Json;
  readonly arrays: readonly {
    readonly name: string;
    readonly kind: KindName;
    readonly at: number;
    readonly length: number;
  }[];
}

const MAGIC = 0x3141504b; // 'KPA1'
const align = (offset: number) => (offset + 7) & ~7;

export function packArrays(arrays: Readonly<Record<string, PackableArray>>, meta: Json): Uint8Array {
  const entries: Head['arrays'][number][] = [];
  let at = 0;
  for (const [name, array] of Object.entries(arrays)) {
    entries.push({ name, kind: array.constructor.name as KindName, at, length: array.length });
    at = align(at + array.byteLength);
  }
  const head = new TextEncoder().encode(JSON.stringify({ meta, arrays: entries } satisfies Head));
  const start = align(8 + head.length);
  const bytes = new Uint8Array(start + at);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.length, true);
  bytes.set(head, 8);
  for (const entry of entries) {
    const source = arrays[entry.name];
    bytes.set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength), start + entry.at);
  }
  return bytes;
}

export interface PackedArrays {
  readonly meta: Json;
  get<K extends KindName>(name: string, kind: K): InstanceType<(typeof KINDS)[K]>;
}

/** @throws Error where the bytes are not a packed file or an array is absent or of another kind: the file is damaged. */
export function unpackArrays(buffer: ArrayBufferLike): PackedArrays {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error('Not a file of packed arrays.');
  const headLength = view.getUint32(4, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headLength).slice())) as Head;
  const start = align(8 + headLength);
  const byName = new Map(head.arrays.map((entry) => [entry.name, entry]));
  return {
    meta: head.meta,
    get(name, kind) {
      const entry = byName.get(name);
      if (entry?.kind !== kind) throw new Error(`Packed array ${name} is absent or not a ${kind}.`);
      return new KINDS[kind](buffer as ArrayBuffer, start + entry.at, entry.length) as InstanceType<
        (typeof KINDS)[typeof kind]
      >;
    },
  };
}
