import { barChart } from '../../charts/bar-chart.ts';
import type { ChartOption } from '../../charts/chart.ts';
import type { LeaderboardEntry } from './leaderboard.ts';

/** More would be too small to read. */
const MOST = 20;
const COLOURS: Readonly<Record<string, string>> = { final: '#0072b2', screened: '#7f8c8d' };

/** The first trials and their silhouettes; undefined where none has one. */
export function leaderboardChart(entries: readonly LeaderboardEntry[]): ChartOption | undefined {
  const bars = entries
    .filter(({ state }) => COLOURS[state] !== undefined)
    .slice(0, MOST)
    .flatMap(({ rank, name, clusters, silhouette, state }) =>
      silhouette === null
        ? []
        : [{ name: `${rank}. ${clusters} clusters, ${name}`, value: silhouette, colour: COLOURS[state] }],
    );
  return bars.length === 0
    ? undefined
    : barChart(bars, 'Leaderboard', 'silhouette', 'best first by the mean of ranks; blue: fitted to all rows');
}
