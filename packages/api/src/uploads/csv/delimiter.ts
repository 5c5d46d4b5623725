import type { Encoding } from './encoding.ts';
import { RecordReader } from './record-reader.ts';
import { PIECE_BYTES, TextSource } from './text-source.ts';

/** In the order of preference where nothing else decides. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const RECORDS_LOOKED_AT = 200;

interface Fit {
  readonly delimiter: Delimiter;
  /** Cells of the header. */
  readonly cells: number;
  /** Share of the records that have as many. */
  readonly share: number;
}

/**
 * The delimiter that cuts most records into as many cells as the header. One that does not occur in the header is none; where that is
 * so for all, the table has one column.
 */
export function detectDelimiter(fd: number, encoding: Encoding): Delimiter {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const size = new TextSource(fd, encoding).read(piece, 0);
  const fits = DELIMITERS.map((delimiter) => fitOf(piece.subarray(0, size), delimiter));
  const several = fits.filter(({ cells }) => cells > 1);
  if (several.length === 0) return fits.find(({ share }) => share === 1)?.delimiter ?? ',';
  return several.reduce((best, fit) => {
    if (fit.share !== best.share) return fit.share > best.share ? fit : best;
    return fit.cells > best.cells ? fit : best;
  }).delimiter;
}

function fitOf(piece: Buffer, delimiter: Delimiter): Fit {
  let given = false;
  const source = {
    read(into: Buffer, offset: number): number {
      if (given) return 0;
      given = true;
      return piece.copy(into, offset);
    },
  };
  const reader = new RecordReader(source, delimiter.charCodeAt(0), 0);
  let cells = 0;
  let records = 0;
  let equal = 0;
  try {
    while (records < RECORDS_LOOKED_AT && reader.next()) {
      if (records++ === 0) cells = reader.count;
      if (reader.count === cells) equal++;
    }
  } catch {
    // The piece may end inside quotes, or the delimiter may be another one; what came before counts.
  }
  return { delimiter, cells, share: records === 0 ? 0 : equal / records };
}
