import { badTable, shown } from '../bad-table.ts';
import { LONGEST_NAME } from '../limits.ts';
import { isMissing } from './cell-values.ts';
import { NumberReader } from './number-reader.ts';

export interface Header {
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Names of the columns, from the cells of the first record. A column without a name gets one.
 *
 * @throws DomainError BAD_TABLE where the record holds values rather than names, or a name twice.
 */
export function readHeader(cells: readonly string[], line: number, decimalComma: boolean): Header {
  const trimmed = cells.map((cell) => cell.trim());
  const numbers = new NumberReader(decimalComma);
  let names = 0;
  for (const [at, cell] of trimmed.entries()) {
    const bytes = Buffer.from(cell);
    const number = !Number.isNaN(numbers.read(bytes, 0, bytes.length));
    // Years and other whole numbers do name columns; measurements do not.
    if (number && !numbers.integer) throw noHeader(line, at, cell);
    if (!number && !isMissing(bytes, 0, bytes.length)) names++;
    if (cell.length > LONGEST_NAME) {
      throw badTable(`a name has at most ${LONGEST_NAME} characters, this one has ${cell.length}`, {
        line,
        column: at + 1,
      });
    }
  }
  if (names === 0) throw noHeader(line, 0, trimmed[0] ?? '');
  return named(trimmed, line);
}

function named(trimmed: readonly string[], line: number): Header {
  const places = new Map<string, number>();
  const warnings: string[] = [];
  for (const [at, name] of trimmed.entries()) {
    if (name === '') continue;
    const before = places.get(name);
    if (before !== undefined) {
      throw badTable(`columns ${before + 1} and ${at + 1} have the same name ${shown(name)}; rename one of them`, {
        line,
        column: at + 1,
      });
    }
    places.set(name, at);
  }
  const names = trimmed.map((name, at) => {
    if (name !== '') return name;
    let made = `column_${at + 1}`;
    while (places.has(made)) made += '_';
    places.set(made, at);
    warnings.push(`Column ${at + 1} has no name in the header; it is called ${made}.`);
    return made;
  });
  return { names, warnings };
}

function noHeader(line: number, at: number, cell: string) {
  return badTable(
    `the first line must name the columns, but it holds values, such as ${shown(cell)}; add a line with the names`,
    { line, column: at + 1 },
  );
}
