import { z } from 'zod';
import { defineEncoder } from '../estimator.ts';
import { categoryCounts } from './category-counts.ts';

/** The most frequent categories have a column each; what is rare, missing or new shares the last one. */
export const oneHotEncoder = defineEncoder({
  name: 'oneHotEncoder',
  kind: 'encoder',
  title: 'A column for each category',
  params: z.object({
    max_categories: z
      .int()
      .min(1)
      .max(200)
      .default(20)
      .describe('Categories with a column of their own; rarer ones share one'),
  }),
  fit(codes, texts, { max_categories }) {
    const counts = categoryCounts(codes, texts);
    const frequent = [...counts].sort((a, b) => b.count - a.count).slice(0, max_categories);
    const categories = frequent.map(({ text }) => text).sort();
    const isAll = categories.length === counts.length && !codes.some(Number.isNaN);
    return { categories, outputs: isAll ? categories : [...categories, 'other'] };
  },
  encode(text, known, row, at, width) {
    row.fill(0, at, at + width);
    const place = text === undefined ? undefined : known.get(text);
    if (place !== undefined) row[at + place] = 1;
    else if (width > known.size) row[at + width - 1] = 1;
  },
});
