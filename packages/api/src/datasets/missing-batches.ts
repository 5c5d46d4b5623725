/**
 * Batches from 1 to the announced total that did not arrive: how many, and the first of their ids. A total is whatever the sender
 * says, two thousand million as well, so nothing here is as long as it.
 */
export function missingBatches(
  received: ReadonlySet<number>,
  total: number,
  listed: number,
): { ids: number[]; count: number } {
  const count = Math.max(0, total - received.size);
  const ids: number[] = [];
  for (let id = 1; ids.length < Math.min(count, listed); id++) if (!received.has(id)) ids.push(id);
  return { ids, count };
}
