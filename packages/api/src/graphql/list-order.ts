import type { SortKey } from '../db/sort-key.ts';
import { builder } from './builder.ts';

const OrderDirection = builder.enumType('OrderDirection', { values: ['asc', 'desc'] as const });

/** Sort keys of a list by the name of their field; null is the order of ids, which is that of creation. */
export type SortKeys<T> = Readonly<Record<string, SortKey<T> | null>>;

/** The input `<Name>Order` of a list, and what its value stands for. */
export function listOrder<T, Keys extends SortKeys<T>>(name: string, keys: Keys) {
  const Field = builder.enumType(`${name}OrderField`, { values: Object.keys(keys) as (keyof Keys & string)[] });
  const Input = builder.inputType(`${name}Order`, {
    fields: (t) => ({
      field: t.field({ type: Field, required: true }),
      direction: t.field({ type: OrderDirection, required: true, defaultValue: 'desc' }),
    }),
  });
  type Asked = { readonly field: keyof Keys & string; readonly direction: 'asc' | 'desc' };
  return {
    Input,
    /** Arguments with the order put in its place, and the key of it. */
    apply<Args extends { orderBy?: Asked | null | undefined; order?: 'asc' | 'desc' | null | undefined }>(args: Args) {
      const { orderBy } = args;
      if (!orderBy) return { args, sort: undefined };
      return { args: { ...args, order: orderBy.direction }, sort: keys[orderBy.field] ?? undefined };
    },
  };
}
