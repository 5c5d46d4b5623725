/** Fields of a protobuf message by number, each as often as it came: bytes, or the number of a varint or a fixed field. */
export type WireMessage = ReadonlyMap<number, readonly (Uint8Array | bigint)[]>;

/** Reads protobuf's wire format without knowing the message. @throws RangeError where it ends too early. */
export function readWire(bytes: Uint8Array): WireMessage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = new Map<number, (Uint8Array | bigint)[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const fixed = (size: 4 | 8): bigint => {
    const value = size === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
    at += size;
    return value;
  };
  const counted = (): Uint8Array => {
    const length = Number(varint());
    if (at + length > bytes.length) throw new RangeError('a field ends beyond its message');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const type = tag & 7;
    const value =
      type === 0 ? varint() : type === 1 ? fixed(8) : type === 2 ? counted() : type === 5 ? fixed(4) : undefined;
    if (value === undefined) throw new RangeError(`wire type ${type} is none of protobuf 3`);
    fields.set(tag >> 3, [...(fields.get(tag >> 3) ?? []), value]);
  }
  return fields;
}
