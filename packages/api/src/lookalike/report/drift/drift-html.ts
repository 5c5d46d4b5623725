/** `drift.html`: how a version is distributed beside the one that the model was trained on. No scripts, nothing to load. */
import { figure, text } from '../markup.ts';
import type { DriftRow } from '../report-sources.ts';
import { REPORT_STYLE } from '../report-style.ts';
import { barsOf, barTable, chart, rowsText } from './drift-chart.ts';
import type { ComparedColumn, DriftPage } from './drift-report.ts';
import { DRIFT_SHARE, hasScore } from './drift-scores.ts';
import { DRIFT_STYLE } from './drift-style.ts';

const verdictOf = (drifted: boolean) =>
  `<span class="${drifted ? 'bad' : 'good'}">${drifted ? 'drifted' : 'stable'}</span>`;

const isDrifted = ({ scored }: ComparedColumn) => hasScore(scored) && scored.drifted;

/** Drifted first, by either verdict, and what moved most before the rest. */
function inOrder(columns: readonly ComparedColumn[]): ComparedColumn[] {
  const rank = (column: ComparedColumn) => 2 * Number(isDrifted(column)) + Number(column.ours?.drifted ?? false);
  return columns.toSorted((a, b) => rank(b) - rank(a) || b.moved - a.moved);
}

const windowText = (window: string) => (Number.isFinite(Number(window)) ? `last ${window} days` : 'whole snapshot');

const pair = (name: string, value: string) => `<dt>${name}</dt><dd>${value}</dd>`;

function scoreLines({ scored }: ComparedColumn): string {
  if (!scored) return '';
  const test = pair('test', text(scored.test.title));
  if (!hasScore(scored)) return `${test}${pair('score', `none: ${text(scored.reason)}`)}`;
  const side = scored.test.drift.endsWith('below') ? 'drift below' : 'drift above';
  return `${test}${pair('score', figure(scored.score))}${pair(side, figure(scored.threshold))}${pair("Evidently's verdict", verdictOf(scored.drifted))}`;
}

function card(column: ComparedColumn): string {
  const bars = barsOf(column);
  const { name, description, window, moved, reference, ours, scored } = column;
  const state = hasScore(scored) ? (scored.drifted ? 'drifted' : 'stable') : 'unknown';
  const lines = `${scoreLines(column)}${reference ? pair('rows moved', `${(100 * moved).toFixed(1)}%`) : ''}${ours ? pair("Kindred's verdict", verdictOf(ours.drifted)) : ''}`;
  return `<article class="card ${state}" id="column-${text(name)}"><h3>${text(description)}</h3>
<p class="soft">${text(name)}, ${text(windowText(window))}, ${rowsText(column)}</p>
${chart(column, bars)}${lines ? `<dl>${lines}</dl>` : ''}<details><summary>Shares by value</summary>${barTable(bars)}</details></article>`;
}

function summaryTable(columns: readonly ComparedColumn[]): string {
  const rows = columns.map((column) => {
    const { name, scored, moved, ours } = column;
    const score = hasScore(scored)
      ? `<td class="n">${figure(scored.score)}</td><td class="n">${figure(scored.threshold)}</td><td>${verdictOf(scored.drifted)}</td>`
      : '<td class="n">–</td><td class="n">–</td><td>–</td>';
    return `<tr><th scope="row"><a href="#column-${text(name)}">${text(name)}</a></th><td>${text(scored?.test.title ?? '–')}</td>${score}<td class="n">${(100 * moved).toFixed(1)}%</td><td>${ours ? verdictOf(ours.drifted) : '–'}</td></tr>`;
  });
  return `<div class="wide" role="region" aria-label="All columns" tabindex="0"><table><thead><tr><th>column</th><th>test</th><th class="n">score</th><th class="n">threshold</th><th>Evidently's verdict</th><th class="n">rows moved</th><th>Kindred's verdict</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function otherTable(rows: readonly DriftRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    (row) =>
      `<tr><th scope="row">${text(row.description)}</th><td class="n">${figure(row.reference)}</td><td class="n">${figure(row.current)}</td><td class="n">${figure(row.effect_size)}</td><td class="n">${figure(row.threshold)}</td><td>${verdictOf(row.drifted)}</td></tr>`,
  );
  return `<section><h2>Rates and tastes</h2><p class="soft">Features without a distribution to draw: Kindred's verdict alone.</p><div class="wide" role="region" aria-label="Rates and tastes" tabindex="0"><table><thead><tr><th>feature</th><th class="n">reference</th><th class="n">this version</th><th class="n">effect</th><th class="n">threshold</th><th>verdict</th></tr></thead><tbody>${lines.join('')}</tbody></table></div></section>`;
}

function overview(page: DriftPage): string {
  const { reference, verdict, drifted, compared, absent, columns } = page;
  const share = drifted / Math.max(1, compared);
  const facts = reference
    ? `<dl class="big">${pair('columns compared', String(compared))}${pair('drifted', String(drifted))}${pair('share drifted', `${(100 * share).toFixed(0)}%`)}${pair('data set by Evidently', `${verdictOf(share >= DRIFT_SHARE)}`)}${verdict ? pair('data set by Kindred', `${verdictOf(verdict.drifted)}`) + pair('drift score of Kindred', figure(verdict.score)) : ''}</dl>`.replaceAll(
        /<dt>(.*?)<\/dd>/g,
        '<div>$&</div>',
      )
    : '<p>There is no reference yet: nothing was trained before. Below are the distributions of this version alone.</p>';
  const told = verdict ? `<p>${text(verdict.text)}</p>` : '';
  const missing =
    reference && absent.length > 0
      ? `<p class="soft">Not compared, because one of the versions has fewer than two values or fifty rows of them: ${text(absent.join(', '))}.</p>`
      : '';
  const key = reference
    ? `<p class="soft"><span class="key before"></span>${text(reference.version)}, which the model was trained on, up to ${text(reference.last)}<span class="key now"></span>${text(page.version)}, up to ${text(page.last)}</p>`
    : '';
  const note =
    '<p class="soft">What is retrained on is Kindred\'s verdict, which knows noise and season. Evidently\'s tests stand beside it: of many rows they call small differences drift.</p>';
  return `<section><h2>Summary</h2>${told}${facts}${missing}${key}${reference ? `${note}${summaryTable(columns)}` : ''}</section>`;
}

export function driftHtml(given: DriftPage): string {
  const page = { ...given, columns: inOrder(given.columns) };
  const title = page.reference
    ? `Drift of ${text(page.version)} against ${text(page.reference.version)}`
    : `Distributions of ${text(page.version)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>${REPORT_STYLE}${DRIFT_STYLE}</style></head><body>
<a class="skip" href="#columns">To the columns</a><h1>${title}</h1>
<main>${overview(page)}
<h2 id="columns">Columns</h2><div class="cards">${page.columns.map(card).join('\n')}</div>
${otherTable(page.others)}</main>
</body></html>
`;
}
