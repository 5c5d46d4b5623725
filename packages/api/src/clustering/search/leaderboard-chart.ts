import { barChart } from '../../charts/bar-chart.ts';
import type { ChartOption } from '../../charts/chart.ts';
import type { LeaderboardEntry } from './leaderboard.ts';

/** More would be too small to read. */
const MOST = 20;
const COLOURS: Readonly<Record<string, string>> = { final: '#0072b2', screened: '#7f8c8d' };

/** The first trials and their scores; undefined where none has one. */
export function leaderboardChart(entries: readonly LeaderboardEntry[]): ChartOption | undefined {
  const bars = entries
    .filter(({ state }) => COLOURS[state] !== undefined)
    .slice(0, MOST)
    .flatMap(({ rank, name, clusters, score, state }) =>
      score === null ? [] : [{ name: `${rank}. ${clusters} clusters, ${name}`, value: score, colour: COLOURS[state] }],
    );
  return bars.length === 0
    ? undefined
    : barChart(bars, 'Leaderboard', 'score', 'blue: fitted to all rows; grey: judged on the sample');
}
