import { describe, expect, it } from 'vitest';
import { SIZES } from './config.ts';
import { rowBatches, TABLE_NAMES } from './tables.ts';
import { closedOffers, truth } from './truth.ts';
import { createWorld, lives, momentOf, type World } from './world.ts';

function tiny(steps: string[], more: object = {}): World {
  return createWorld({ ...SIZES.tiny, users: 300, seed: 7, steps, ...more });
}

function rowsOf(world: World, step: number, table: (typeof TABLE_NAMES)[number]): string[] {
  return [...rowBatches(world, momentOf(world, step), [table], 500)].flatMap((batch) => batch.rows);
}

describe('the demo world', () => {
  it('gives the same rows for the same settings and others for another seed', () => {
    for (const table of TABLE_NAMES) expect(rowsOf(tiny(['base']), 0, table)).toEqual(rowsOf(tiny(['base']), 0, table));
    expect(rowsOf(tiny(['base']), 0, 'transaction')).not.toEqual(rowsOf(tiny(['base'], { seed: 8 }), 0, 'transaction'));
  });

  it('writes a table alone exactly as among the others', () => {
    const world = tiny(['base']);
    const all = [...rowBatches(world, momentOf(world, 0), TABLE_NAMES, 500)].filter(
      (batch) => batch.table === 'offer_activation',
    );
    expect(all.flatMap((batch) => batch.rows)).toEqual(rowsOf(world, 0, 'offer_activation'));
  });

  it('extends the history: a later version holds every transaction of the one before', () => {
    const world = tiny(['base', 'drift:taste']);
    const later = new Set(rowsOf(world, 1, 'transaction'));
    const earlier = rowsOf(world, 0, 'transaction');
    expect(earlier.every((row) => later.has(row))).toBe(true);
    expect(later.size).toBeGreaterThan(earlier.length);
  });

  it('rewrites the whole history under a changed law where asked to', () => {
    const world = tiny(['base', 'drift:taste'], { lawMode: 'rewrite' });
    const later = new Set(rowsOf(world, 1, 'transaction'));
    expect(rowsOf(world, 0, 'transaction').filter((row) => later.has(row)).length).toBeLessThan(later.size / 2);
  });

  it('moves the mean log-amount and the online share by about the declared sizes', () => {
    const measure = (steps: string[]): { amount: number; online: number } => {
      const world = tiny(steps, { lawMode: 'rewrite', stepDays: 0 });
      const moment = momentOf(world, steps.length - 1);
      let [count, amount, online] = [0, 0, 0];
      for (const life of lives(world, moment)) {
        for (const purchase of life.purchases.filter((p) => p.day <= moment.until)) {
          count++;
          amount += purchase.logAmount;
          online += purchase.online ? 1 : 0;
        }
      }
      return { amount: amount / count, online: online / count };
    };
    const base = measure(['base']);
    expect((measure(['base', 'drift:amount=0.3']).amount - base.amount) / 1.25).toBeCloseTo(0.3, 1);
    expect(measure(['base', 'drift:online=0.05']).online - base.online).toBeCloseTo(0.05, 1.5);
  });

  it('moves the segment mix by about the declared share', () => {
    const mix = (steps: string[]): Map<number, number> => {
      const world = tiny(steps, { users: 3000, stepDays: 0 });
      const counts = new Map<number, number>();
      for (const life of lives(world, momentOf(world, steps.length - 1))) {
        counts.set(life.client.segment, (counts.get(life.client.segment) ?? 0) + 1 / 3000);
      }
      return counts;
    };
    const [before, after] = [mix(['base']), mix(['base', 'drift:segments=0.1'])];
    let moved = 0;
    for (let s = 0; s < 44; s++) moved += Math.abs((before.get(s) ?? 0) - (after.get(s) ?? 0)) / 2;
    expect(moved).toBeGreaterThan(0.07);
    expect(moved).toBeLessThan(0.14);
  });

  it('adds clients and merchants with new entities and offers with every version', () => {
    const world = tiny(['base', 'same+new-entities']);
    expect(momentOf(world, 1).clients).toBeGreaterThan(momentOf(world, 0).clients);
    for (const table of ['people', 'merchant', 'offer'] as const) {
      expect(rowsOf(world, 1, table).length).toBeGreaterThan(rowsOf(world, 0, table).length);
    }
  });

  it('counts as positives only clients whose first visible purchase falls into the window', () => {
    const world = tiny(['base']);
    const moment = momentOf(world, 0);
    const entries = truth(world, 0, closedOffers(world, 0));
    const all = [...lives(world, moment)];
    expect(entries.some((entry) => entry.positives.length > 0)).toBe(true);
    for (const { offer, positives, customers } of entries) {
      for (const index of positives) {
        const days =
          all[index]?.purchases.filter((p) => p.brand === offer.brand && p.day >= moment.from).map((p) => p.day) ?? [];
        expect(Math.min(...days)).toBeGreaterThanOrEqual(offer.start);
        expect(Math.min(...days)).toBeLessThanOrEqual(offer.end ?? 0);
        expect(customers.has(index)).toBe(false);
      }
    }
  });

  it('refuses steps that mean nothing', () => {
    expect(() => tiny(['base', 'drift:weather'])).toThrow(RangeError);
    expect(() => tiny(['bass'])).toThrow(RangeError);
  });
});
