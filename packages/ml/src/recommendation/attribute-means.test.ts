import { expect, it } from 'vitest';
import { attributeMeans } from './attribute-means.ts';

const rows = 4000;
const at = (u: number) => ({ camp: u % 2, size: Math.floor(u / 2) % 4 });

it('splits tastes into what each attribute adds, and takes the mean of activity', () => {
  const users = new Float64Array(2 * rows);
  for (let u = 0; u < rows; u++) {
    users[2 * u] = u % 10;
    users[2 * u + 1] = (at(u).camp ? 1 : -1) + 0.5 * at(u).size;
  }
  const codes = (code: (u: number) => number) => Uint16Array.from({ length: rows }, (_, u) => code(u));
  const attributes = [
    { codes: codes((u) => at(u).camp), size: 2 },
    { codes: codes((u) => at(u).size), size: 4 },
  ];
  const interactions = {
    rows,
    items: 0,
    offsets: new Int32Array(rows + 1),
    item: new Int32Array(0),
    weight: new Float32Array(0),
  };
  const data = { interactions, group: new Uint16Array(rows), offsets: new Float32Array(0), attributes };
  const { means, effects } = attributeMeans(data, users);
  for (let u = 0; u < 16; u++) {
    expect(means[2 * u]).toBeCloseTo(4.5, 12);
    expect(Math.abs(means[2 * u + 1] - users[2 * u + 1])).toBeLessThan(0.05);
    expect(effects[0][2 * at(u).camp + 1] + effects[1][2 * at(u).size + 1]).toBeCloseTo(means[2 * u + 1], 12);
  }
});
