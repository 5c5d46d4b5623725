/** Pages of a list by place: `?limit&offset`, or `?page` of `limit`. */
import { z } from 'zod';
import { RestError } from '../error-map.ts';

export const pageQuery = (most: number) =>
  z.object({
    limit: z.int().min(1).max(most).optional(),
    offset: z.int().min(0).default(0).optional(),
    page: z.int().min(1).optional().meta({ description: 'Instead of offset: of `limit` entries.' }),
  });

/** @throws RestError INVALID_INPUT */
export function pageOf(query: URLSearchParams, { most, usual }: { most: number; usual: number }) {
  const limit = wholeNumber(query, 'limit', 1, most) ?? usual;
  const page = wholeNumber(query, 'page', 1);
  return { limit, offset: page === undefined ? (wholeNumber(query, 'offset', 0) ?? 0) : (page - 1) * limit };
}

function wholeNumber(query: URLSearchParams, name: string, least: number, most = 1e9): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  const range = most < 1e9 ? `from ${least} to ${most}` : `from ${least} on`;
  throw new RestError('INVALID_INPUT', `${name} must be a whole number ${range}`, { field: name });
}
