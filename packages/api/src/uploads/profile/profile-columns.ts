import { closeSync, openSync, readSync } from 'node:fs';
import type { ColumnType, Footer } from '../columnar/table-format.ts';
import { dateText } from '../preview.ts';
import { type ColumnProfile, numberProfile, textProfile } from './column-profile.ts';
import type { TextSketch } from './text-sketch.ts';

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly missing: number;
  /** Of a text column. */
  readonly sketch: TextSketch;
}

/** Profiles of the columns of a `table.bin`, numbers read back one column at a time. Blocks its thread. */
export function profileColumns(
  file: string,
  footer: Footer,
  columns: readonly Column[],
  progress: (done: number) => void,
): ColumnProfile[] {
  const fd = openSync(file, 'r');
  try {
    // One array for all: of many large ones V8 would collect none before the last.
    const values = new Float64Array(columns.some(({ type }) => type !== 'text') ? footer.rows : 0);
    return columns.map(({ name, type, missing, sketch }, place) => {
      progress(place / columns.length);
      if (type === 'text') return textProfile(name, missing, sketch);
      readNumbers(fd, footer, place, values);
      return numberProfile(name, type, values, shows(type));
    });
  } finally {
    closeSync(fd);
  }
}

function shows(type: ColumnType): (value: number) => string {
  if (type === 'boolean') return (value) => (value === 1 ? 'true' : 'false');
  return type === 'date' ? dateText : String;
}

function readNumbers(fd: number, footer: Footer, place: number, values: Float64Array): void {
  const bytes = new Uint8Array(values.buffer);
  let at = 0;
  for (const { rows, segments } of footer.groups) {
    const size = 8 * rows;
    for (let read = 0; read < size; ) {
      const more = readSync(fd, bytes, at + read, size - read, segments[place].offset + read);
      if (more === 0) throw new Error('The table that was just written is cut short.');
      read += more;
    }
    at += size;
  }
}
