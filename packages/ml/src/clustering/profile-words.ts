import type { ColumnProfile } from './profiles.ts';

/** As many as a reader keeps in mind. */
const MOST = 3;

const short = (value: number): string => {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e15
    ? rounded.toExponential()
    : rounded.toLocaleString('en-US', { maximumFractionDigits: 9 });
};

type NumberWords = readonly [more: string, less: string, written: (value: number) => string];

const NUMBER_WORDS: NumberWords = ['higher', 'lower', short];
const TIME_WORDS: NumberWords = ['later', 'earlier', (time) => new Date(time).toISOString().slice(0, 10)];

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** Cohen's words for sizes of effects (1988), without those for small ones. */
function howMuch(effect: number): string {
  const size = Math.abs(effect);
  return size >= 0.8 ? 'much' : size >= 0.5 ? 'clearly' : 'somewhat';
}

function describeColumn(column: ColumnProfile): string {
  if (column.kind === 'number') {
    const [more, less, written] = column.isTime ? TIME_WORDS : NUMBER_WORDS;
    const side = column.effect > 0 ? more : less;
    return `${howMuch(column.effect)} ${side} ${column.name} (${written(column.mean)}, overall ${written(column.wholeMean)})`;
  }
  // The category that sets it apart most: of those that are frequent in it, the one of the greatest gain in share.
  const [first] = [...column.categories].sort((a, b) => b.share - b.wholeShare - (a.share - a.wholeShare));
  if (!first) return `no ${column.name}`;
  return `${column.name} is "${first.text}" in ${percent(first.share)} (overall ${percent(first.wholeShare)})`;
}

/** A sentence on a cluster; `strongest` are the columns that tell it most. */
export function describeCluster(
  label: number,
  size: number,
  share: number,
  strongest: readonly ColumnProfile[],
): string {
  const start = `${label < 0 ? 'Rows in no cluster' : `Cluster ${label}`}: ${size.toLocaleString('en-US')} rows (${percent(share)})`;
  if (strongest.length === 0) return `${start}, like the whole in every column.`;
  return `${start} with ${strongest.slice(0, MOST).map(describeColumn).join('; ')}.`;
}
