/** What an upload may be; by configuration. */
export interface TableLimits {
  /** Of the file, in bytes. */
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Bytes of one record at most, so that a file without line ends, or with a quote that nothing closes, is found out before it fills
 * the memory.
 */
export const MOST_RECORD_BYTES = 4 * 2 ** 20;

/** Characters of a column's name. */
export const LONGEST_NAME = 200;
