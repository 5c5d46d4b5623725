/** `report.html`: one page without scripts and without anything to load. */
import { type Distribution, distributions } from './distributions.ts';
import { figure, text } from './markup.ts';
import { outcomeOf } from './report-json.ts';
import type { Check, DriftRow, Sources } from './report-sources.ts';
import { REPORT_STYLE } from './report-style.ts';

const section = (title: string, body: string) => (body ? `<section><h2>${text(title)}</h2>${body}</section>` : '');

function figures(values: Readonly<Record<string, string | number>> | undefined): string {
  if (!values) return '';
  const items = Object.entries(values).map(
    ([name, value]) =>
      `<div><dt>${text(name.replaceAll('_', ' '))}</dt><dd>${text(typeof value === 'number' ? figure(value) : value)}</dd></div>`,
  );
  return `<dl>${items.join('')}</dl>`;
}

function checkTable(checks: readonly Check[]): string {
  const rows = checks.map(({ expectation_config: { type, kwargs, meta, severity }, success, result }) => {
    const verdict = success ? '<td class="good">met</td>' : `<td class="bad">${text(severity)}</td>`;
    return `<tr><td>${text(meta.table)}</td><td>${text(kwargs.column ?? '')}</td><td>${text(type)}</td><td class="n">${figure(result.unexpected_count)}</td>${verdict}</tr>`;
  });
  return `<table><thead><tr><th>table</th><th>column</th><th>expectation</th><th class="n">unexpected</th><th>verdict</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function validation(sources: Sources): string {
  const all = sources['validation.json'];
  if (!all) return '';
  const checks = all.validation_results.flatMap(({ results }) => results);
  const failed = checks.filter(({ success }) => !success);
  const met = checks.filter(({ success }) => success);
  const verdict = all.valid ? '<span class="good">valid</span>' : '<span class="bad">invalid</span>';
  return `<p>The version is ${verdict}: ${met.length} of ${checks.length} expectations are met.</p>
${failed.length > 0 ? checkTable(failed) : ''}
<details><summary>Expectations that are met (${met.length})</summary>${checkTable(met)}</details>`;
}

function driftTable(rows: readonly DriftRow[]): string {
  if (rows.length === 0) return '';
  const cells = rows
    .toSorted((a, b) => b.score - a.score)
    .map(
      (row) =>
        `<tr><td title="${text(row.description)}">${text(row.feature)}</td><td>${text(row.window)}</td><td class="n">${figure(row.reference)}</td><td class="n">${figure(row.current)}</td><td class="n">${figure(row.effect_size)}</td><td class="n">${figure(row.threshold)}</td><td class="n">${figure(row.adjusted_p_value)}</td><td class="n">${figure(row.statistics?.psi)}</td><td class="n">${figure(row.statistics?.jensen_shannon)}</td><td class="${row.drifted ? 'bad' : 'good'}">${row.drifted ? 'drifted' : 'stable'}</td></tr>`,
    );
  const heads = ['reference', 'current', 'effect', 'threshold', 'adjusted p', 'PSI', 'JS'];
  return `<table><thead><tr><th>feature</th><th>window</th>${heads.map((head) => `<th class="n">${head}</th>`).join('')}<th>verdict</th></tr></thead><tbody>${cells.join('')}</tbody></table>`;
}

const ROW = 22;
const LEFT = 128;
const WIDTH = 320;
const LONGEST_LABEL = 18;

function chart({ name, bars }: Distribution): string {
  const most = Math.max(...bars.flatMap((bar) => [bar.current, bar.reference ?? 0]), 1e-9);
  const length = (share: number) => ((WIDTH - LEFT - 45) * share) / most;
  const drawn = bars.map(({ label, reference, current }, index) => {
    const y = index * ROW;
    const short = label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
    const before =
      reference === null
        ? ''
        : `<rect class="before" x="${LEFT}" y="${y + 11}" width="${length(reference).toFixed(1)}" height="7"/>`;
    return `<text x="${LEFT - 6}" y="${y + 14}" text-anchor="end">${text(short)}</text><rect class="now" x="${LEFT}" y="${y + 3}" width="${length(current).toFixed(1)}" height="7"/>${before}<text x="${LEFT + 4 + length(Math.max(current, reference ?? 0))}" y="${y + 14}">${(100 * current).toFixed(1)}%</text>`;
  });
  const spoken = bars.map(({ label, current }) => `${label} ${(100 * current).toFixed(1)}%`).join(', ');
  return `<div><h3>${text(name.replaceAll('_', ' '))}</h3><svg viewBox="0 0 ${WIDTH} ${bars.length * ROW + 4}" role="img" aria-label="${text(spoken)}">${drawn.join('')}</svg></div>`;
}

function mixes(sources: Sources): string {
  const all = distributions(sources['drift-profile.json'], sources['reference.json']);
  if (all.length === 0) return '';
  const reference = sources['reference.json'];
  const key = reference
    ? `<span class="key now"></span>this version<span class="key before"></span>${text(reference.version)}, which the model was trained on`
    : 'This version; there is no reference yet.';
  return `<p class="soft">${key}</p><div class="mixes">${all.map(chart).join('')}</div>`;
}

function decision(sources: Sources): string {
  const sentences = [
    sources['summary.decide']?.reason,
    sources['summary.publish']?.reason,
    sources['summary.publish'] &&
      (sources['summary.publish'].published ? 'The new model serves.' : 'The old model goes on serving.'),
  ];
  return sentences.flatMap((sentence) => (sentence ? [`<p>${text(sentence)}</p>`] : [])).join('');
}

export function reportHtml(sources: Sources): string {
  const version = text(sources['ingest.json']?.version ?? 'without a name');
  const drift = sources['summary.drift'];
  const trained = sources['summary.train'];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Version ${version}: ${outcomeOf(sources)}</title><style>${REPORT_STYLE}</style></head><body>
<h1>Version ${version}: ${outcomeOf(sources)}</h1>
${section('Decision', decision(sources))}
${section('Data', figures(sources['summary.ingest']?.row_counts))}
${section('Validation', validation(sources))}
${section('Drift', `${drift ? `<p>${text(drift.verdict)}</p>` : ''}${driftTable(sources['drift.json']?.features ?? [])}`)}
${section('Distributions', mixes(sources))}
${section('Model', figures(trained?.metrics))}
${section('Parameters', figures(trained?.params))}
</body></html>
`;
}
