import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { RecordReader } from './record-reader.ts';
import { PIECE_BYTES } from './text-source.ts';

/** Gives a text in pieces of so many bytes, to cut records everywhere. */
function sourceOf(text: string, piece: number) {
  const bytes = Buffer.from(text);
  let at = 0;
  return {
    read(into: Buffer, offset: number): number {
      const size = Math.min(piece, bytes.length - at, PIECE_BYTES);
      bytes.copy(into, offset, at, at + size);
      at += size;
      return size;
    },
  };
}

function recordsOf(text: string, piece: number, delimiter = ','): string[][] {
  const reader = new RecordReader(sourceOf(text, piece), delimiter.charCodeAt(0), 100);
  const records: string[][] = [];
  while (reader.next()) records.push(Array.from({ length: reader.count }, (_, cell) => reader.text(cell)));
  return records;
}

describe('records of a CSV file', () => {
  it('are those that csv-parse reads, wherever the bytes are cut', () => {
    let state = 7;
    const below = (limit: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % limit;
    };
    const plain = ['', 'a', 'ключ', '1.5', 'x y', '-', '😀'];
    const quoted = ['', 'a', 'a,b', 'два\nряда', 'a ""q""', '""', 'x\r\ny', ','];
    for (let round = 0; round < 300; round++) {
      const end = ['\n', '\r\n'][below(2)];
      const columns = 1 + below(4);
      const lines = Array.from({ length: 1 + below(6) }, () =>
        Array.from({ length: columns }, (_, at) =>
          below(2)
            ? `"${quoted[below(quoted.length)]}"`
            : plain[below(plain.length)] || (at === 0 && columns === 1 ? 'z' : ''),
        ).join(','),
      );
      const text = lines.join(end) + (below(2) ? end : '');
      const expected = parse(text, { record_delimiter: ['\n', '\r\n'], skip_empty_lines: true });
      expect(recordsOf(text, 1 + below(9)), JSON.stringify(text)).toEqual(expected);
    }
  });

  it('begin at the lines that an editor shows, also behind texts of several lines', () => {
    const reader = new RecordReader(sourceOf('a,b\r\n\r\n"x\r\ny\nz",1\nq,2\r', 3), 44, 10);
    const lines: number[] = [];
    while (reader.next()) lines.push(reader.line);
    expect(lines).toEqual([1, 3, 6]);
  });

  it('keeps quotes inside unquoted cells, and counts cells that it does not keep', () => {
    expect(recordsOf('a;5" pipe;"q" \n', 2, ';')).toEqual([['a', '5" pipe', 'q']]);
    const reader = new RecordReader(sourceOf('1,2,3,4\n', 100), 44, 2);
    expect([reader.next(), reader.count, reader.text(1)]).toEqual([true, 4, '2']);
  });
});
