import { z } from 'zod';
import { defineEncoder } from '../estimator.ts';
import { categoryCounts } from './category-counts.ts';

/** The place among the categories, ordered by their texts; -1 for one that is missing or new. */
export const ordinalEncoder = defineEncoder({
  name: 'ordinalEncoder',
  kind: 'encoder',
  title: 'Number of the category',
  params: z.object({}),
  fit: (codes, texts) => ({ categories: categoryCounts(codes, texts).map(({ text }) => text), outputs: [''] }),
  encode(text, known, row, at) {
    row[at] = (text === undefined ? undefined : known.get(text)) ?? -1;
  },
});
