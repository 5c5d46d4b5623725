import { describe, expect, it } from 'vitest';
import { newId, newRunId } from './ids.ts';

describe('ids', () => {
  it('are UUIDs of version 7 that grow, also many in one millisecond and when the clock goes back', () => {
    const now = Date.now();
    const ids = Array.from({ length: 10_000 }, (_, i) => newId(now - (i % 7)));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids.slice(0, 50))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("have MLflow's form for runs", () => {
    expect(newRunId()).toMatch(/^[0-9a-f]{32}$/);
  });
});
