// The status page: one overview query, repeated when an event of the service says that something changed.
import { ask, authorization } from './sign-in.js';

const OVERVIEW = `{
  serviceStatus { ready modelVersion dataVersion pipelineStatus }
  servedModel { version featuresCount trainedOn { name } trainMetrics { key value } }
  latestDriftReport { driftDetected driftScore actionTaken datasetVersion { name } reference { name } features verdict }
  latestValidationResult { valid checksTotal checksPassed checksFailed datasetVersion { name } failedChecks { table check details severity } }
  jobs(first: 1) { nodes {
    uuid status outcome progress etaSeconds message startedAt finishedAt datasetVersion { name } error { message }
    stages { name status progress message startedAt finishedAt }
  } }
  datasetVersions(first: 12) { nodes { name status ordinal rowCounts { table rows }
    received { table batches totalBatches records } } }
  driftReports(first: 12) { nodes { datasetVersion { name } driftDetected driftScore actionTaken } }
  validationResults(first: 12) { nodes { datasetVersion { name } valid checksTotal checksFailed } }
  experimentRuns(first: 10, order: NEWEST_FIRST) { nodes { runId modelVersion datasetVersion { name } startedAt metrics { key value } } }
  offers(first: 30) { nodes { merchantId offerId startDate endDate text } }
}`;

const AUDIENCE = `query($merchantId: SafeInt!, $offerId: SafeInt!, $topN: Int!) {
  audience(merchantId: $merchantId, offerId: $offerId, topN: $topN) {
    ... on Audience { modelVersion dataVersion size members { userId score } reasons { feature impact } }
    ... on DomainError { code message }
  }
}`;

const SUBSCRIPTIONS = {
  jobUpdated: 'subscription { jobUpdated { uuid } }',
  stageProgress: 'subscription { stageProgress { jobUuid stage status progress message } }',
  versionUpdated: 'subscription { versionUpdated { name } }',
  deploymentChanged: 'subscription { deploymentChanged { serial } }',
};

const at = (id) => document.getElementById(id);
/** Elements, not markup: names come from outside. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child != null));
  return made;
}
const text = (name, className, content) => element(name, { className }, content);
const percent = (share) => `${Math.round(share * 100)}%`;
const count = (number) => number.toLocaleString('en');

function meter(share, tone = '') {
  const bar = element('i');
  bar.style.width = percent(Math.min(1, Math.max(0, share)));
  return element('div', { className: `meter ${tone}` }, bar);
}

function showCards(data) {
  const { ready, dataVersion, pipelineStatus } = data.serviceStatus;
  at('serving').replaceChildren(
    text('p', 'big', dataVersion ?? 'no data yet'),
    text('p', `muted dot ${ready ? 'good' : 'idle'}`, ready ? 'audiences are served' : 'waiting for a first model'),
    text(
      'p',
      `muted dot ${{ running: '', failed: 'bad', idle: 'idle' }[pipelineStatus]}`,
      `pipeline ${pipelineStatus}`,
    ),
  );

  const model = data.servedModel;
  const map = model?.trainMetrics.find(({ key }) => /map/i.test(key));
  at('model').replaceChildren(
    text('p', 'big', model ? model.version : '–'),
    text(
      'p',
      'muted',
      model ? `trained on ${model.trainedOn.name}, ${model.featuresCount} features` : 'none trained yet',
    ),
    map ? text('p', 'muted', `${map.key} ${map.value.toFixed(3)}`) : '',
  );

  const drift = data.latestDriftReport;
  at('drift').replaceChildren(
    text('p', 'big', drift ? drift.driftScore.toFixed(2) : '–'),
    text(
      'p',
      'muted',
      drift
        ? `${drift.datasetVersion.name}: ${drift.driftDetected ? 'drift' : 'no drift'}, ${action(drift)}`
        : 'nothing measured yet',
    ),
    meter(drift?.driftScore ?? 0, drift?.driftDetected ? 'warm' : 'good'),
  );

  const quality = data.latestValidationResult;
  const failed = quality?.failedChecks
    .slice(0, 2)
    .map(({ table, check }) => `${table}.${check}`)
    .join(', ');
  at('quality').replaceChildren(
    text('p', 'big', quality ? `${quality.checksPassed} / ${quality.checksTotal}` : '–'),
    text(
      'p',
      'muted',
      quality
        ? `${quality.datasetVersion.name} is ${quality.valid ? 'valid' : 'not valid'}${failed ? `: ${failed}` : ''}`
        : 'nothing checked yet',
    ),
    meter(
      quality ? quality.checksPassed / Math.max(1, quality.checksTotal) : 0,
      quality?.valid === false ? 'bad' : 'good',
    ),
  );
}

const action = ({ actionTaken }) => ({ retrained: 'retrained', none: 'model kept', skipped: 'skipped' })[actionTaken];
const seconds = (from, to) => `${((new Date(to) - new Date(from)) / 1000).toFixed(1)} s`;

function showJob([job]) {
  if (!job) {
    at('job').textContent = 'no job yet';
    at('stages').replaceChildren(
      element(
        'li',
        { className: 'empty' },
        text('span', 'muted', 'A version’s pipeline starts when the version is committed. To see one at once: '),
        element('code', {}, 'npm start -- --demo'),
      ),
    );
    return;
  }
  const took = job.startedAt && job.finishedAt ? `, ${seconds(job.startedAt, job.finishedAt)}` : '';
  const eta = job.status === 'running' && job.etaSeconds != null ? `, about ${Math.ceil(job.etaSeconds)} s left` : '';
  at('job').textContent =
    `${job.datasetVersion?.name ?? ''} · ${job.outcome ?? job.error?.message ?? job.status}${took}${eta}`;
  at('stages').replaceChildren(...job.stages.map(stageItem));
}

function stageItem(stage) {
  const done = ['completed', 'reused'].includes(stage.status);
  const tone = stage.status === 'failed' ? 'bad' : done ? 'good' : '';
  const note = done && stage.startedAt && stage.finishedAt ? seconds(stage.startedAt, stage.finishedAt) : stage.status;
  const label =
    stage.status === 'running' ? stage.message || percent(stage.progress) : stage.status === 'reused' ? 'reused' : note;
  const item = element(
    'li',
    { className: stage.status, title: stage.message },
    meter(done ? 1 : stage.progress, tone),
    text('strong', '', stage.name),
    text('span', 'muted', label),
  );
  item.dataset.stage = stage.name;
  return item;
}

function showReceiving(versions) {
  const open = versions.find(({ status, received }) => status === 'receiving' && received.length > 0);
  at('receiving').replaceChildren();
  if (!open) return;
  const tables = open.received.map(({ table, batches, totalBatches, records }) =>
    element('div', {}, `${table} `, text('span', 'muted', count(records)), meter(batches / totalBatches)),
  );
  at('receiving').append(
    element('div', { className: 'tables' }, ...tables),
    text('p', 'muted', `${open.name} is arriving`),
  );
}

function row(name, cells) {
  return element(
    'tr',
    {},
    ...cells.map((cell) => {
      const made = element(name, {}, cell.content ?? cell);
      if (cell.number) made.className = 'number';
      return made;
    }),
  );
}
const number = (content) => ({ content, number: true });

function showVersions(data) {
  const byName = (nodes) => new Map(nodes.map((node) => [node.datasetVersion.name, node]).reverse());
  const [drifts, checks] = [byName(data.driftReports.nodes), byName(data.validationResults.nodes)];
  const rows = data.datasetVersions.nodes.map((version) => {
    const [drift, check] = [drifts.get(version.name), checks.get(version.name)];
    const tone = { processed: 'good', invalid: 'bad', failed: 'bad', receiving: 'idle' }[version.status] ?? '';
    const total = version.rowCounts.reduce((sum, { rows }) => sum + rows, 0);
    return row('td', [
      version.name,
      text('span', `dot ${tone}`, version.status),
      number(total ? count(total) : ''),
      check ? `${check.checksTotal - check.checksFailed} of ${check.checksTotal}` : '',
      drift ? `${drift.driftScore.toFixed(2)} ${action(drift)}` : '',
    ]);
  });
  at('versions').replaceChildren(
    row('th', ['Version', 'State', number('Rows'), 'Checks', 'Drift']),
    ...orEmpty(rows, 5, 'none has arrived yet'),
  );
}

function showExperiments(runs) {
  const best = ['map_at_100', 'ndcg_at_100', 'auc'];
  const rows = runs.map((run) => {
    const known = [...run.metrics].sort((a, b) => rank(best, a.key) - rank(best, b.key)).slice(0, 2);
    return row('td', [
      run.modelVersion ?? 'not published',
      run.datasetVersion.name,
      element('code', {}, run.runId.slice(0, 8)),
      known.map(({ key, value }) => `${key} ${value.toFixed(3)}`).join(', '),
      number(new Date(run.startedAt).toLocaleTimeString('en-GB')),
    ]);
  });
  at('experiments').replaceChildren(
    row('th', ['Model', 'Trained on', 'Run', 'Metrics', number('Time')]),
    ...orEmpty(rows, 5, 'nothing was trained yet'),
  );
}

function orEmpty(rows, columns, words) {
  if (rows.length > 0) return rows;
  return [element('tr', {}, element('td', { colSpan: columns, className: 'muted' }, words))];
}
const rank = (order, key) => (order.includes(key) ? order.indexOf(key) : order.length);

function showOffers(nodes) {
  const options = nodes.map(({ merchantId, offerId, text: label }) =>
    element('option', { value: offerId, label: `merchant ${merchantId}, ${label}` }),
  );
  at('offers').replaceChildren(...options);
  for (const field of at('ask').elements) field.disabled = nodes.length === 0;
  if (nodes.length === 0) at('offer-text').textContent = 'There are offers to ask for once a version serves.';
  offers = new Map(nodes.map((offer) => [String(offer.offerId), offer]));
  if (nodes.length === 0 || at('offer').value !== '') return;
  at('offer').value = nodes[0].offerId;
  chooseOffer();
  void find();
}
let offers = new Map();

function chooseOffer() {
  const offer = offers.get(at('offer').value);
  if (offer) at('merchant').value = offer.merchantId;
  const period = offer ? `${offer.startDate} to ${offer.endDate ?? 'no end'}` : '';
  at('offer-text').textContent = offer ? `${offer.text || 'no text'} (${period})` : '';
}

/** What drifted most and which checks failed: what an operator asks next. */
function showFindings({ latestDriftReport: drift, latestValidationResult: quality }) {
  const found = [];
  const features = [...(drift?.features ?? [])].sort((a, b) => b.score - a.score).slice(0, 8);
  if (features.length > 0) {
    const rows = features.map(({ feature, score, drifted }) => ({
      name: feature,
      value: drifted ? -score : score,
      label: `${score.toFixed(2)}${drifted ? ' drifted' : ''}`,
    }));
    const title = `Drift of ${drift.datasetVersion.name} against ${drift.reference?.name ?? 'nothing'}`;
    found.push(heading(title), text('p', 'muted', drift.verdict.verdict ?? ''), bars(rows, false));
  }
  if (quality?.failedChecks.length > 0) {
    const checks = quality.failedChecks.slice(0, 8).map(({ table, check, details, severity }) => {
      const name = text('span', `dot ${severity === 'critical' ? 'bad' : ''}`, `${table}: ${check}`);
      return element('li', {}, name, text('p', 'muted', details));
    });
    const title = `Failed checks of ${quality.datasetVersion.name}`;
    found.push(heading(title), element('ul', { className: 'checks' }, ...checks));
  }
  at('findings').replaceChildren(...found);
}
const heading = (title) => element('div', { className: 'panel-head second' }, text('h2', '', title));

function bars(rows, both) {
  const largest = Math.max(1e-9, ...rows.map(({ value }) => Math.abs(value)));
  return element(
    'div',
    { className: 'bars' },
    ...rows.flatMap(({ name, value, label }) => {
      const bar = element('i', { className: value < 0 ? 'minus' : '' });
      const share = (Math.abs(value) / largest) * (both ? 50 : 100);
      bar.style.width = `${share}%`;
      bar.style.left = both ? `${value < 0 ? 50 - share : 50}%` : '0';
      return [
        text('b', '', name),
        element('div', { className: `track${both ? ' both' : ''}` }, bar),
        text('span', 'number', label),
      ];
    }),
  );
}

async function find() {
  const variables = {
    merchantId: Number(at('merchant').value),
    offerId: Number(at('offer').value),
    topN: Number(at('size').value),
  };
  const { audience } = await ask(AUDIENCE, variables);
  if (audience.code) {
    at('answer').replaceChildren(text('p', 'error', audience.message));
    return;
  }
  const members = audience.members
    .slice(0, 20)
    .map(({ userId, score }) => ({ name: `client ${userId}`, value: score, label: score.toFixed(4) }));
  const reasons = audience.reasons
    .slice(0, 10)
    .map(({ feature, impact }) => ({ name: feature, value: impact, label: impact.toFixed(3) }));
  at('answer').replaceChildren(
    element('div', {}, text('h3', '', 'Why these clients'), bars(reasons, true)),
    element(
      'div',
      {},
      text('h3', '', `Most likely new customers (model ${audience.modelVersion}, data ${audience.dataVersion})`),
      bars(members, false),
    ),
  );
}

at('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  find().catch((error) => at('answer').replaceChildren(text('p', 'error', error.message)));
});
at('offer').addEventListener('input', chooseOffer);

async function refresh() {
  const data = await ask(OVERVIEW);
  showCards(data);
  showJob(data.jobs.nodes);
  showReceiving(data.datasetVersions.nodes);
  showVersions(data);
  showExperiments(data.experimentRuns.nodes);
  showFindings(data);
  showOffers(data.offers.nodes);
}

// Many events within a moment are one change to look at.
let planned;
function plan(delay = 150) {
  planned ??= setTimeout(() => {
    planned = undefined;
    refresh().catch((error) => console.warn(error));
  }, delay);
}

function onProgress({ stage, status, progress, message }) {
  const item = at('stages').querySelector(`[data-stage="${CSS.escape(stage)}"]`);
  if (!item || status !== 'running') return plan();
  item.replaceWith(stageItem({ name: stage, status, progress, message }));
}

/** The graphql-transport-ws protocol, as much of it as four subscriptions need. */
function connect(attempt = 0) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message) => socket.send(JSON.stringify(message));
  socket.onopen = () => send({ type: 'connection_init', payload: authorization() });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'connection_ack') {
      at('live').className = 'live on';
      at('live').textContent = 'live';
      attempt = 0;
      for (const [id, query] of Object.entries(SUBSCRIPTIONS)) send({ id, type: 'subscribe', payload: { query } });
      plan(0);
    } else if (message.type === 'ping') send({ type: 'pong' });
    else if (message.type === 'next') {
      const progress = message.payload.data?.stageProgress;
      if (progress) onProgress(progress);
      else plan();
    }
  };
  socket.onclose = () => {
    at('live').className = 'live off';
    at('live').textContent = 'reconnecting';
    setTimeout(() => connect(attempt + 1), Math.min(10_000, 500 * 2 ** attempt));
  };
}

refresh()
  .catch((error) => console.warn(error))
  .then(() => connect());
