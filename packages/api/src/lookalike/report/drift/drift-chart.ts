/** Both distributions of a column over each other, as SVG that needs nothing beside it. */
import { figure, text } from '../markup.ts';
import type { DriftColumn } from './drift-columns.ts';

export interface Bar {
  readonly label: string;
  /** Shares, 0..1. */
  readonly reference: number | undefined;
  readonly current: number;
  /** Many categories together: told in figures, for its bar would make the others unreadable. */
  readonly rest?: boolean;
}

/** More categories than this say nothing to the eye: the rest is one bar. */
const MOST_CATEGORIES = 10;
/** More steps than this are thinner than the lines that are drawn. */
const MOST_STEPS = 60;

const sumOf = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);

/** Levels are sums of steps and carry the noise of binary fractions: 0.6499999999999999. */
const readable = (label: string) => String(Number(Number(label).toPrecision(6)));

/** Numbers in their order, categories by falling share; what would not be seen in one bar at the end. */
export function barsOf({ type, labels, reference, current }: DriftColumn): Bar[] {
  const now = sumOf(current) || 1;
  const before = reference ? sumOf(reference) || 1 : 1;
  const all = labels.map((label, i) => ({
    label: type === 'num' ? readable(label) : label,
    reference: reference && reference[i] / before,
    current: current[i] / now,
  }));
  const size = (bar: Bar) => Math.max(bar.reference ?? 0, bar.current);
  const ordered = type === 'num' ? all : all.toSorted((a, b) => size(b) - size(a));
  const most = type === 'num' ? MOST_STEPS : MOST_CATEGORIES;
  if (ordered.length <= most) return ordered;
  const rest = ordered.slice(most - 1);
  return [
    ...ordered.slice(0, most - 1),
    {
      label: type === 'num' ? `${rest[0].label} and more` : `${rest.length} others`,
      reference: reference && rest.reduce((sum, bar) => sum + (bar.reference ?? 0), 0),
      current: rest.reduce((sum, bar) => sum + bar.current, 0),
      rest: type === 'cat',
    },
  ];
}

const WIDTH = 320;
const at = (value: number) => String(Number(value.toFixed(1)));
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

function spoken(name: string, bars: readonly Bar[]): string {
  const told = bars
    .slice(0, MOST_CATEGORIES)
    .map(({ label, reference, current }) =>
      reference === undefined
        ? `${label} ${percent(current)}`
        : `${label} ${percent(reference)}, now ${percent(current)}`,
    );
  return `${name}: ${told.join('; ')}${bars.length > MOST_CATEGORIES ? '; and more, in the table' : ''}`;
}

const svg = (name: string, bars: readonly Bar[], height: number, drawn: string) =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${text(spoken(name, bars))}">${drawn}</svg>`;

const mostOf = (bars: readonly Bar[]) =>
  Math.max(...bars.flatMap((bar) => (bar.rest ? [] : [bar.current, bar.reference ?? 0])), 1e-9);

const HEIGHT = 120;
const BASE = HEIGHT - 16;
const TOP = 12;

/** Steps over an axis: the reference as an area, this version as a line with a light area. */
function steps(name: string, bars: readonly Bar[]): string {
  const most = mostOf(bars);
  const width = WIDTH / bars.length;
  const path = (shareOf: (bar: Bar) => number) => {
    const edges = bars.map((bar, i) => `V${at(BASE - ((BASE - TOP) * shareOf(bar)) / most)}H${at((i + 1) * width)}`);
    return `M0 ${BASE}${edges.join('')}V${BASE}`;
  };
  const before = bars.every(({ reference }) => reference !== undefined)
    ? `<path class="before" d="${path((bar) => bar.reference ?? 0)}Z"/>`
    : '';
  const marks = [0, Math.floor((bars.length - 1) / 2), bars.length - 1].filter((one, i, own) => own.indexOf(one) === i);
  const axis = marks.map((i) => {
    const anchor = i === 0 ? 'start' : i === bars.length - 1 ? 'end' : 'middle';
    const x = i === 0 ? 0 : i === bars.length - 1 ? WIDTH : (i + 0.5) * width;
    return `<text x="${at(x)}" y="${HEIGHT - 4}" text-anchor="${anchor}">${text(bars[i].label)}</text>`;
  });
  const line = path(({ current }) => current);
  const drawn = `${before}<path class="now-area" d="${line}Z"/><path class="now-line" d="${line}"/><path class="axis" d="M0 ${BASE}H${WIDTH}"/>${axis.join('')}<text x="0" y="9">${percent(most)}</text>`;
  return svg(name, bars, HEIGHT, drawn);
}

const ROW = 20;
const LEFT = 118;
const RIGHT = 82;
const LONGEST_LABEL = 18;

/** A row for each category: this version's bar within the reference's. */
function rows(name: string, bars: readonly Bar[]): string {
  const most = mostOf(bars);
  const length = (share: number) => at(((WIDTH - LEFT - RIGHT) * share) / most);
  const drawn = bars.map(({ label, reference, current, rest }, index) => {
    const y = index * ROW;
    const short = label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
    const before =
      reference === undefined || rest
        ? ''
        : `<rect class="before" x="${LEFT}" y="${y + 2}" width="${length(reference)}" height="16"/>`;
    const now = rest ? '' : `<rect class="now" x="${LEFT}" y="${y + 7}" width="${length(current)}" height="6"/>`;
    const shares = reference === undefined ? percent(current) : `${percent(reference)} → ${percent(current)}`;
    return `<text x="${LEFT - 6}" y="${y + 14}" text-anchor="end">${text(short)}</text>${before}${now}<text x="${WIDTH}" y="${y + 14}" text-anchor="end">${shares}</text>`;
  });
  return svg(name, bars, bars.length * ROW + 2, drawn.join(''));
}

/** Few numbers are read more easily as rows. */
const FEW = 3;

export function chart(column: DriftColumn, bars: readonly Bar[]): string {
  return column.type === 'num' && bars.length > FEW ? steps(column.name, bars) : rows(column.name, bars);
}

/** The same as a table, for who cannot see the drawing or wants the figures. */
export function barTable(bars: readonly Bar[]): string {
  const cells = bars.map(
    ({ label, reference, current }) =>
      `<tr><th scope="row">${text(label)}</th><td class="n">${reference === undefined ? '–' : percent(reference)}</td><td class="n">${percent(current)}</td></tr>`,
  );
  return `<table><thead><tr><th>value</th><th class="n">reference</th><th class="n">this version</th></tr></thead><tbody>${cells.join('')}</tbody></table>`;
}

export const rowsText = ({ reference, current }: DriftColumn): string =>
  reference ? `${figure(sumOf(reference))} → ${figure(sumOf(current))} rows` : `${figure(sumOf(current))} rows`;
