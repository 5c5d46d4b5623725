import { expect, it } from 'vitest';
import { layeredLayout } from './layered-layout.ts';
import { keepOnly } from './without-steps.ts';

const graphOf = (links: readonly (readonly [string, string])[]) => ({
  nodes: new Map(links.flat().map((key) => [key, key])),
  links,
});

it('has every link lead to a later column, and no two nodes at one place', () => {
  const links = [
    ['data', 'step'],
    ['data', 'model'],
    ['step', 'model'],
    ['model', 'deployment'],
    ['data', 'deployment'],
    ['other', 'step'],
  ] as const;
  const { places, layers, rows } = layeredLayout(graphOf(links));
  for (const [from, to] of links)
    expect(places.get(from)?.layer, `${from} ${to}`).toBeLessThan(places.get(to)?.layer ?? -1);
  expect(new Set([...places.values()].map(({ layer, row }) => `${layer} ${row}`)).size).toBe(5);
  expect([layers, rows]).toEqual([4, 2]);
});

it('puts what belongs together side by side, so that links do not cross', () => {
  const { places } = layeredLayout(
    graphOf([
      ['a', 'y'],
      ['b', 'x'],
      ['a', 'y2'],
    ]),
  );
  expect(Math.sign((places.get('a')?.row ?? 0) - (places.get('b')?.row ?? 0))).toBe(
    Math.sign((places.get('y')?.row ?? 0) - (places.get('x')?.row ?? 0)),
  );
});

it('places all nodes of a graph that goes in a circle', () => {
  expect(
    layeredLayout(
      graphOf([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).places.size,
  ).toBe(2);
});

it('leads through what is left out, once, and not through what stays', () => {
  const graph = graphOf([
    ['data', 'step'],
    ['step', 'file'],
    ['file', 'model'],
    ['step', 'file 2'],
    ['file 2', 'model'],
    ['model', 'deployment'],
  ]);
  const { nodes, links } = keepOnly(graph, (key) => !key.startsWith('step') && !key.startsWith('file'));
  expect([...nodes.keys()]).toEqual(['data', 'model', 'deployment']);
  expect(links).toEqual([
    ['data', 'model'],
    ['model', 'deployment'],
  ]);
});
