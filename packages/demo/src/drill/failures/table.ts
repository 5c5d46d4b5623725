import { quantile } from '../../quantile.ts';
import type { Struck } from './play.ts';

const HEAD = [
  'failure',
  'lasted s',
  'sent after s',
  'idle after s',
  'asked',
  '5xx',
  'no answer',
  'other',
  'failed over',
  'p50 ms',
  'p99 ms',
  'lost',
  'writers were told',
  'log',
  'metrics',
];

/** One line for each failure, in columns. */
export function table(struck: readonly Struck[]): string {
  const rows = struck.map((each) => {
    const { asked, refusals } = each;
    const times = asked.map(({ ms }) => ms).sort((a, b) => a - b);
    const count = (test: (status: number) => boolean) => String(asked.filter(({ status }) => test(status)).length);
    return [
      each.skipped ? `${each.name} (SKIPPED)` : each.name,
      each.lasted.toFixed(1),
      each.sendingAfter.toFixed(1),
      each.recovered.toFixed(1),
      String(asked.length),
      count((status) => status >= 500),
      count((status) => status === 0),
      count((status) => status > 0 && status < 500 && status !== 200),
      String(asked.filter(({ failedOver }) => failedOver).length),
      quantile(times, 0.5).toFixed(1),
      quantile(times, 0.99).toFixed(1),
      String(each.lost.length),
      [...refusals].map(([name, times]) => `${times}x ${name}`).join(', ') || '-',
      each.inLog ? 'yes' : 'NO',
      each.inMetrics ? 'yes' : 'NO',
    ];
  });
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [HEAD, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n');
}

/** What the drill forbids of one failure: answers of `/lookalike` other than 200, and an operator who sees nothing. */
export function offencesOf(each: Struck): string[] {
  const wrong = each.asked.filter(({ status }) => status !== 200);
  const kinds = new Set(wrong.map(({ status, code }) => `${status} ${code ?? ''}`));
  const seen = each.skipped === undefined;
  return [
    ...each.offences,
    ...each.lost,
    ...(wrong.length > 0
      ? [`${wrong.length} of ${each.asked.length} /lookalike were not 200: ${[...kinds].join(', ')}`]
      : []),
    ...(seen && !each.inLog ? ['nothing in the log'] : []),
    ...(seen && !each.inMetrics ? ['nothing on /metrics'] : []),
  ].map((text) => `${each.name}: ${text}`);
}
