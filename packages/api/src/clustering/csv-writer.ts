import { open } from 'node:fs/promises';

type CsvValue = number | string | null;

/** Text is written in pieces of about that many characters. */
const PIECE = 1 << 20;

/** A text as RFC 4180 has it; one that a spreadsheet would take for a formula is given as text. */
function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvValue = (value: CsvValue): string => {
  if (value === null) return '';
  if (typeof value === 'string') return csvText(value);
  return Number.isNaN(value) ? '' : String(value);
};

/** A CSV file in UTF-8: commas, a header, lines ended by a line feed. Missing values are empty. */
export async function writeCsv(
  file: string,
  names: readonly string[],
  rows: number,
  value: (row: number, column: number) => CsvValue,
): Promise<void> {
  const handle = await open(file, 'w');
  try {
    let piece = `${names.map(csvText).join(',')}\n`;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < names.length; column++)
        piece += (column > 0 ? ',' : '') + csvValue(value(row, column));
      piece += '\n';
      if (piece.length < PIECE) continue;
      await handle.write(piece);
      piece = '';
    }
    await handle.write(piece);
  } finally {
    await handle.close();
  }
}
