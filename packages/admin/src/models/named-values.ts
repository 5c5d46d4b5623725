interface Named<T> {
  readonly key: string;
  readonly value: T;
}

export function named<T>(values: readonly Named<T>[], key: string): T | undefined {
  return values.find((each) => each.key === key)?.value;
}

export interface ComparedRow<T> {
  readonly key: string;
  /** In the order of the columns; undefined where a column has none. */
  readonly values: readonly (T | undefined)[];
  readonly differs: boolean;
}

/** Every name that any of the columns has, with the value of each. */
export function comparedRows<T>(columns: readonly (readonly Named<T>[])[]): readonly ComparedRow<T>[] {
  const keys = [...new Set(columns.flatMap((column) => column.map(({ key }) => key)))].sort();
  return keys.map((key) => {
    const values = columns.map((column) => named(column, key));
    return { key, values, differs: values.some((value) => value !== values[0]) };
  });
}
