/** The two drift reports: what is in them, that they are the same for the same input, and that no text becomes markup. */
import { describe, expect, test } from 'vitest';
import { profileOf } from '../../fixtures/drift-profiles.ts';
import type { DriftRow } from '../report-sources.ts';
import { barsOf } from './drift-chart.ts';
import { driftColumns } from './drift-columns.ts';
import { driftHtml } from './drift-html.ts';
import { driftMethods } from './drift-methods.ts';
import { driftPage } from './drift-report.ts';
import { hasScore } from './drift-scores.ts';
import { driftedColumnsId, pythonFloat, valueDriftId } from './evidently-ids.ts';
import { evidentlySnapshot } from './evidently-snapshot.ts';

const EVIL = `<script>"&'</script>`;
const reference = profileOf('v1', '2025-01-31', {
  gender: { F: 600, M: 400 },
  segment: { a: 500, b: 300, [EVIL]: 200 },
  amount_levels: { '1': 10, '2': 30, '3': 40, '4': 30, '5': 20, '6': 10, '10': 5 },
  vip_status: { no: 90, yes: 10 },
});
const current = profileOf(EVIL, '2025-02-28', {
  gender: { F: 601, M: 399 },
  segment: { a: 100, b: 300, [EVIL]: 700 },
  amount_levels: { '2': 20, '3': 40, '4': 30, '5': 20, '6': 15, '10': 9, '12': 2 },
});
const row = (feature: string, drifted: boolean): DriftRow => ({
  feature,
  description: EVIL,
  window: '28',
  reference: 1,
  current: 2,
  effect_size: 0.4,
  threshold: 0.1,
  adjusted_p_value: 0,
  drifted,
  score: 0.9,
  statistics: null,
});
const pageOf = (methods: object = {}) =>
  driftPage(
    current,
    reference,
    [row('gender', false), row('taste', true)],
    { drifted: true, score: 0.7, text: EVIL },
    driftMethods.parse(methods),
  );

describe('columns', () => {
  test('have the counts that were counted, over the values of both versions in their order', () => {
    const { columns, absent } = driftColumns(current, reference);
    const amount = columns.find(({ name }) => name === 'amount');
    expect(amount).toMatchObject({ type: 'num', labels: ['1', '2', '3', '4', '5', '6', '10', '12'] });
    expect([...(amount?.reference ?? [])]).toEqual([10, 30, 40, 30, 20, 10, 5, 0]);
    expect([...(amount?.current ?? [])]).toEqual([0, 20, 40, 30, 20, 15, 9, 2]);
    expect(absent).toEqual(['vip_status']);
  });

  test('without a window that both versions have are not compared', () => {
    const other = profileOf('v0', '2025-01-31', { gender: { F: 1, M: 1 } }, 'all');
    expect(driftColumns(current, other)).toEqual({ columns: [], absent: ['amount', 'segment', 'gender'] });
  });

  test('that are more than can be drawn have their rest in one bar', () => {
    const counts = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`b${i}`, 100 - i]));
    const [column] = driftColumns(profileOf('v', '2025-01-31', { brand_mix: counts }), undefined).columns;
    const bars = barsOf(column);
    expect(bars.at(-1)?.label).toBe('21 others');
    expect(bars.reduce((sum, bar) => sum + bar.current, 0)).toBeCloseTo(1, 9);
  });
});

describe('methods', () => {
  const methodOf = (methods: object) => {
    const scored = pageOf(methods).columns.find(({ name }) => name === 'segment')?.scored;
    return hasScore(scored) ? [scored.test.name, scored.threshold, scored.drifted] : scored;
  };

  test('are Evidently’s own unless chosen; a threshold may be chosen too', () => {
    expect(methodOf({})).toEqual(['chisquare', 0.05, true]);
    expect(methodOf({ segment: { method: 'psi' } })).toEqual(['psi', 0.1, true]);
    expect(methodOf({ segment: { method: 'psi', threshold: 9 } })).toEqual(['psi', 9, false]);
  });

  test('that are not defined for the samples have a reason instead of a score', () => {
    expect(methodOf({ segment: { method: 'fisher_exact' } })).toMatchObject({ reason: expect.any(String) });
    expect(driftHtml(pageOf({ segment: { method: 'fisher_exact' } }))).toContain('none: ');
  });

  test('that are none, or not for the column, and columns that are none, are refused', () => {
    for (const wrong of [
      { segment: { method: 'ks' } },
      { amount: { method: 'chisquare' } },
      { amount: { method: 'best' } },
      { amounts: { method: 'ks' } },
    ])
      expect(driftMethods.safeParse(wrong).success).toBe(false);
  });
});

describe('drift.html', () => {
  const html = driftHtml(pageOf());

  test('escapes every text', () => {
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;&quot;&amp;&#39;');
    expect(html.match(/aria-label="[^"]*"/g)?.join()).not.toMatch(/[<>]/);
  });

  test('is the same for the same input, and loads nothing', () => {
    expect(driftHtml(pageOf())).toBe(html);
    expect(html).not.toMatch(/<link|src=|@import|url\(|href="[^#]/i);
  });

  test('shows what drifted first, with both verdicts, and what cannot be drawn in a table', () => {
    const order = [...html.matchAll(/<article class="card (\w+)" id="column-(\w+)"/g)].map((found) => found.slice(1));
    expect(order).toEqual([
      ['drifted', 'segment'],
      ['stable', 'amount'],
      ['stable', 'gender'],
    ]);
    expect(html).toContain('share drifted</dt><dd>33%');
    expect(html).toMatch(/Rates and tastes/);
    expect(html).toContain('vip_status');
  });

  test('without a reference draws the version alone', () => {
    const alone = driftHtml(driftPage(current, undefined, [], undefined, {}));
    expect(alone).toContain('no reference yet');
    expect(alone).not.toContain('class="before"');
    expect(alone.match(/<svg/g)).toHaveLength(3);
  });
});

describe('evidently.json', () => {
  test('is the same for the same input and has no clock in it', () => {
    const written = JSON.stringify(evidentlySnapshot(pageOf()));
    expect(JSON.stringify(evidentlySnapshot(pageOf()))).toBe(written);
    expect(JSON.parse(written)).toMatchObject({ timestamp: '2025-02-28T00:00:00', tags: ['kindred'] });
  });

  test('leaves out what has no score, and is empty without a reference', () => {
    const ids = (page: ReturnType<typeof pageOf>) => evidentlySnapshot(page).top_level_metrics;
    expect(ids(pageOf())).toHaveLength(4);
    expect(ids(pageOf({ segment: { method: 'fisher_exact' } }))).toHaveLength(3);
    expect(ids(driftPage(current, undefined, [], undefined, {}))).toEqual([]);
  });

  test('has metrics of Evidently’s identities, as its 0.7.23 gave them', () => {
    expect(valueDriftId('x', 'psi', 0.3)).toBe('98ba5600c08557fdeee4535f03c60ef2');
    expect(valueDriftId('c', undefined, undefined)).toBe('b51a36999b7a099f4c903f7a2980cab1');
    expect(driftedColumnsId({ x: 'psi' }, { x: 0.3 })).toBe('5404650761aecd88a8d4313c52132df9');
  });

  test('prints floats as Python does', () => {
    expect([1, 0.05, 1e-5, 1.5e-7, 1e17, 0].map(pythonFloat)).toEqual([
      '1.0',
      '0.05',
      '1e-05',
      '1.5e-07',
      '1e+17',
      '0.0',
    ]);
  });
});
