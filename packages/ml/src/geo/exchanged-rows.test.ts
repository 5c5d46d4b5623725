import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { exchangedRows } from './exchanged-rows.ts';

type Place = readonly [latitude: number, longitude: number];

/** Russia's larger towns; within them Sochi, Derbent and Murmansk at the edges of the bulk. */
const RUSSIA: Readonly<Record<string, Place>> = {
  Moscow: [55.76, 37.62],
  'Saint Petersburg': [59.93, 30.34],
  Novosibirsk: [55.01, 82.93],
  Yekaterinburg: [56.84, 60.61],
  Kazan: [55.8, 49.11],
  'Nizhny Novgorod': [56.33, 44.0],
  Chelyabinsk: [55.16, 61.4],
  Samara: [53.2, 50.15],
  Omsk: [54.99, 73.37],
  Rostov: [47.24, 39.7],
  Ufa: [54.74, 55.97],
  Krasnoyarsk: [56.01, 92.87],
  Voronezh: [51.66, 39.2],
  Perm: [58.01, 56.25],
  Volgograd: [48.71, 44.51],
  Krasnodar: [45.04, 38.98],
  Saratov: [51.53, 46.03],
  Tyumen: [57.15, 65.53],
  Izhevsk: [56.85, 53.2],
  Barnaul: [53.35, 83.78],
  Irkutsk: [52.29, 104.3],
  Ulyanovsk: [54.31, 48.4],
  Khabarovsk: [48.48, 135.08],
  Yaroslavl: [57.63, 39.87],
  Vladivostok: [43.12, 131.89],
  Makhachkala: [42.98, 47.5],
  Tomsk: [56.5, 84.97],
  Orenburg: [51.77, 55.1],
  Kemerovo: [55.35, 86.09],
  Ryazan: [54.63, 39.74],
  Astrakhan: [46.35, 48.04],
  Penza: [53.2, 45.0],
  Lipetsk: [52.6, 39.57],
  Tula: [54.19, 37.62],
  Kirov: [58.6, 49.66],
  Cheboksary: [56.14, 47.25],
  Kaliningrad: [54.71, 20.51],
  Bryansk: [53.24, 34.36],
  Kursk: [51.73, 36.19],
  Ivanovo: [57.0, 40.97],
  Tver: [56.86, 35.9],
  Sochi: [43.6, 39.73],
  Derbent: [42.06, 48.29],
  Murmansk: [68.97, 33.07],
  Pskov: [57.82, 28.33],
  Smolensk: [54.78, 32.05],
};

const WORLD: readonly Place[] = [
  ...([
    [55.76, 37.62],
    [51.51, -0.13],
    [40.71, -74.01],
    [35.68, 139.69],
    [-33.87, 151.21],
    [-23.55, -46.63],
  ] as const),
  ...([
    [30.04, 31.24],
    [28.61, 77.21],
    [39.9, 116.4],
    [19.43, -99.13],
    [6.52, 3.38],
    [-1.29, 36.82],
  ] as const),
  ...([
    [35.69, 51.39],
    [41.01, 28.98],
    [1.35, 103.82],
    [-6.21, 106.85],
    [25.2, 55.27],
    [36.3, 59.61],
  ] as const),
  ...([
    [37.95, 58.38],
    [48.86, 2.35],
    [52.52, 13.4],
    [60.17, 24.94],
    [64.15, -21.94],
    [-34.6, -58.38],
  ] as const),
];

const columns = (places: readonly Place[]) =>
  [Float64Array.from(places, ([north]) => north), Float64Array.from(places, ([, east]) => east)] as const;

/** So many shops in each town, within some kilometres. */
function shops(towns: readonly Place[], each: number): Place[] {
  const random = new Random(1);
  return towns.flatMap(([north, east]) =>
    Array.from(
      { length: each },
      (): Place => [north + 0.1 * random.uniform() - 0.05, east + 0.1 * random.uniform() - 0.05],
    ),
  );
}

/** Anywhere between these degrees. */
function spread(north: Place, east: Place): Place[] {
  const random = new Random(2);
  const between = ([from, to]: Place) => from + (to - from) * random.uniform();
  return Array.from({ length: 3000 }, (): Place => [between(north), between(east)]);
}

const exchange = (places: readonly Place[], rows: readonly number[]): Place[] =>
  places.map((place, row) => (rows.includes(row) ? [place[1], place[0]] : place));

describe('single rows with exchanged coordinates', () => {
  it('are found among the towns of a country, each of them alone and many at once', () => {
    const towns = Object.values(RUSSIA);
    const row = (name: string) => Object.keys(RUSSIA).indexOf(name);
    expect(exchangedRows(...columns(towns))).toEqual([]);
    // Not Murmansk, far from all, nor Rostov or Sochi: exchanged those are in Azerbaijan and Armenia, as near to Derbent as to their own neighbours.
    const tellable = ['Moscow', 'Saint Petersburg', 'Kaliningrad', 'Tula', 'Yaroslavl', 'Novosibirsk'];
    for (const name of tellable)
      expect([name, exchangedRows(...columns(exchange(towns, [row(name)])))]).toEqual([name, [row(name)]]);
    const some = ['Moscow', 'Saint Petersburg', 'Tula', 'Kaliningrad', 'Novosibirsk'].map(row).sort((a, b) => a - b);
    expect(exchangedRows(...columns(exchange(towns, some)))).toEqual(some);
    // Beyond 90 degrees east it is no place at all as given.
    expect(exchangedRows(...columns(exchange(towns, [row('Irkutsk')])))).toEqual([row('Irkutsk')]);
  });

  it('are found where a third of the shops of a town is exchanged, and in a table of one town', () => {
    const many = shops(Object.values(RUSSIA), 12);
    const third = [0, 1, 2, 3];
    expect(exchangedRows(...columns(exchange(many, third)))).toEqual(third);
    const moscow = shops([RUSSIA.Moscow], 40);
    expect(exchangedRows(...columns(moscow))).toEqual([]);
    expect(exchangedRows(...columns(exchange(moscow, [7, 30])))).toEqual([7, 30]);
  });

  it('are not seen in other countries than most, in the wide world, or where nothing is known', () => {
    const abroad = [
      ...shops(Object.values(RUSSIA), 4),
      ...shops(
        [
          [25.2, 55.27],
          [35.69, 51.39],
          [36.3, 59.61],
        ],
        10,
      ),
    ];
    expect(exchangedRows(...columns(abroad))).toEqual([]);
    expect(exchangedRows(...columns(WORLD))).toEqual([]);
    expect(exchangedRows(...columns(shops(WORLD, 20)))).toEqual([]);
    for (const table of [spread([-90, 90], [-180, 180]), spread([41, 70], [20, 135]), spread([36, 60], [-9, 31])])
      expect(exchangedRows(...columns(table))).toEqual([]);
    expect(
      exchangedRows(
        ...columns([
          [55.8, 37.6],
          [37.6, 55.8],
        ]),
      ),
    ).toEqual([]);
    expect(
      exchangedRows(
        ...columns([
          [Number.NaN, 1],
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toEqual([]);
  });
});
