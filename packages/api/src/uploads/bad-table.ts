import { DomainError } from '../errors.ts';

/** Where in a file something is wrong: both count from 1, the header is line 1. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  readonly name?: string;
}

const MOST_SHOWN = 40;

/** A piece of a file as a message shows it: short, and in one line. */
export function shown(text: string): string {
  const line = text.replaceAll(/[\s\p{C}]+/gu, ' ');
  return JSON.stringify(line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line);
}

/**
 * A file that is no usable table.
 *
 * @param what what is wrong and what would be right, as the end of a sentence that begins with the place.
 */
export function badTable(what: string, place: Place = {}): DomainError {
  const { line, column, name } = place;
  const parts = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}${name === undefined ? '' : ` (${shown(name)})`}`]),
  ];
  return new DomainError('BAD_TABLE', parts.length === 0 ? what : `${parts.join(', ')}: ${what}`, {
    details: { field: 'file', ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
  });
}
