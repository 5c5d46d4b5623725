/** A scatter chart of any number of points: draws what the server puts together for the part of it that is seen. */
const query = new URLSearchParams(location.search);
const job = query.get('job') ?? '';
const chart = query.get('chart') ?? 'pca';
const base = `/api/clustering-jobs/${encodeURIComponent(job)}`;

const element = (id) => document.getElementById(id);
const [plot, canvas, tip, told, legend] = ['plot', 'canvas', 'tip', 'told', 'legend'].map(element);
const pen = canvas.getContext('2d');
const number = new Intl.NumberFormat('en').format;

/** Pixels beside the points: for the axes. */
const LEFT = 62;
const BOTTOM = 46;
const MARGIN = 12;
/** Asked for around what is seen, so that a short move needs nothing new. */
const AROUND = 0.25;

let seen;
let shown;
let asking;
let later;
const hidden = new Set();

const size = () => ({ width: plot.clientWidth - LEFT - MARGIN, height: plot.clientHeight - BOTTOM - MARGIN });
const toX = (value) => LEFT + ((value - seen.x[0]) / (seen.x[1] - seen.x[0])) * size().width;
const toY = (value) => MARGIN + (1 - (value - seen.y[0]) / (seen.y[1] - seen.y[0])) * size().height;

const widened = ([from, to], by) => [from - by * (to - from), to + by * (to - from)];

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const own = asking;
  const search = new URLSearchParams({ marks: '4000' });
  for (const axis of ['x', 'y']) if (seen) search.set(axis, widened(seen[axis], AROUND).join(','));
  try {
    const answer = await fetch(`${base}/points/${encodeURIComponent(chart)}?${search}`, { signal: own.signal });
    const body = await answer.json();
    if (answer.status >= 400 && answer.status < 500) {
      told.textContent = body.detail;
      return;
    }
    if (!answer.ok) throw new Error(body.detail ?? `the service answered ${answer.status}`);
    const first = shown === undefined;
    shown = body;
    if (first) begin();
    draw();
  } catch (error) {
    if (own.signal.aborted) return;
    told.textContent = `${error.message}. Trying again.`;
    later = setTimeout(ask, 3000);
  }
}

/** What is there is drawn at once where it now belongs; what is missing is asked for when the hand rests. */
function look(window) {
  seen = window;
  requestAnimationFrame(draw);
  clearTimeout(later);
  later = setTimeout(ask, 70);
}

function begin() {
  seen ??= { x: shown.whole.x, y: shown.whole.y };
  element('title').textContent = shown.title;
  document.title = `Kindred: ${shown.title}`;
  for (const kind of ['svg', 'png']) element(kind).href = `${base}/files/chart.${chart}.${kind}`;
  legend.replaceChildren(
    ...shown.clusters.map(({ label, name, color, rows }) => {
      const button = Object.assign(document.createElement('button'), { type: 'button' });
      const dot = document.createElement('i');
      dot.style.background = color;
      const count = Object.assign(document.createElement('span'), { textContent: number(rows) });
      button.append(dot, name, count);
      button.setAttribute('aria-pressed', 'true');
      button.addEventListener('click', () => {
        if (!hidden.delete(label)) hidden.add(label);
        button.setAttribute('aria-pressed', String(!hidden.has(label)));
        draw();
      });
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
}

function draw() {
  if (!shown || !seen) return;
  const ratio = devicePixelRatio;
  const [wide, high] = [plot.clientWidth, plot.clientHeight];
  if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
    Object.assign(canvas, { width: Math.round(wide * ratio), height: Math.round(high * ratio) });
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, wide, high);
  axes();
  marks();
  const within = shown.exact ? 'each one shown' : `in ${number(shown.x.length)} marks`;
  told.textContent = `${number(shown.points)} points in and around view, ${within}`;
}

function marks() {
  const { width, height } = size();
  const color = new Map(shown.clusters.map((cluster) => [cluster.label, cluster.color]));
  const largest = Math.max(2, ...shown.count);
  pen.save();
  pen.beginPath();
  pen.rect(LEFT, MARGIN, width, height);
  pen.clip();
  pen.globalAlpha = shown.exact ? 0.75 : 0.65;
  for (let at = 0; at < shown.x.length; at++) {
    if (hidden.has(shown.label[at])) continue;
    pen.fillStyle = color.get(shown.label[at]);
    pen.beginPath();
    pen.arc(toX(shown.x[at]), toY(shown.y[at]), radius(shown.count[at], largest), 0, 7);
    pen.fill();
  }
  pen.restore();
}

const radius = (count, largest) => (shown.exact ? 3.5 : 1.6 + (4.4 * Math.log(count)) / Math.log(largest));

/** Round numbers, some eight of them. */
function ticks([from, to], most) {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found = [];
  for (let at = Math.ceil(from / step); at * step <= to; at++) found.push([at * step, (at * step).toFixed(digits)]);
  return found;
}

function axes() {
  const { width, height } = size();
  pen.font = '12px "DejaVu Sans", sans-serif';
  pen.strokeStyle = getComputedStyle(element('in')).borderTopColor;
  pen.fillStyle = getComputedStyle(told).color;
  pen.lineWidth = 1;
  pen.textAlign = 'center';
  for (const [value, text] of ticks(seen.x, Math.max(2, width / 110))) {
    line(toX(value), MARGIN, toX(value), MARGIN + height);
    pen.fillText(text, toX(value), MARGIN + height + 16);
  }
  pen.textAlign = 'right';
  for (const [value, text] of ticks(seen.y, Math.max(2, height / 70))) {
    line(LEFT, toY(value), LEFT + width, toY(value));
    pen.fillText(text, LEFT - 6, toY(value) + 4);
  }
  pen.textAlign = 'center';
  pen.fillStyle = getComputedStyle(document.body).color;
  pen.fillText(shown.xName, LEFT + width / 2, MARGIN + height + 36);
  pen.save();
  pen.translate(14, MARGIN + height / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(shown.yName, 0, 0);
  pen.restore();
}

function line(x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

/** @param at where to, in shares of the plot from its lower left corner */
function zoom(by, at = [0.5, 0.5]) {
  if (!seen) return;
  const part = ([from, to], share, [low, high]) => {
    const least = (high - low) * 1e-9;
    const length = Math.min(2 * (high - low), Math.max(least, (to - from) * by));
    const fixed = from + share * (to - from);
    return [fixed - share * length, fixed + (1 - share) * length];
  };
  look({ x: part(seen.x, at[0], shown.whole.x), y: part(seen.y, at[1], shown.whole.y) });
}

/** @param right in shares of the plot, as `up` */
function move(right, up) {
  if (!seen) return;
  const moved = ([from, to], by) => [from + by * (to - from), to + by * (to - from)];
  look({ x: moved(seen.x, right), y: moved(seen.y, up) });
}

const all = () => shown && look({ x: shown.whole.x, y: shown.whole.y });

const share = ({ offsetX, offsetY }) => [(offsetX - LEFT) / size().width, 1 - (offsetY - MARGIN) / size().height];

plot.addEventListener(
  'wheel',
  (event) => {
    event.preventDefault();
    zoom(1.0015 ** event.deltaY, share(event));
  },
  { passive: false },
);
plot.addEventListener('dblclick', (event) => zoom(0.5, share(event)));

const held = new Map();
plot.addEventListener('pointerdown', (event) => {
  plot.setPointerCapture(event.pointerId);
  held.set(event.pointerId, share(event));
  plot.classList.add('moving');
});
for (const end of ['pointerup', 'pointercancel']) {
  plot.addEventListener(end, (event) => {
    held.delete(event.pointerId);
    plot.classList.toggle('moving', held.size > 0);
  });
}
plot.addEventListener('pointermove', (event) => {
  const before = held.get(event.pointerId);
  if (!before) return hover(event);
  const now = share(event);
  const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
  if (other) {
    const distance = ([x, y]) => Math.hypot(x - other[0], y - other[1]);
    zoom(distance(before) / Math.max(1e-3, distance(now)), other);
  } else move(before[0] - now[0], before[1] - now[1]);
  held.set(event.pointerId, now);
});
plot.addEventListener('pointerleave', () => {
  tip.hidden = true;
});

function hover({ offsetX, offsetY }) {
  if (!shown || !seen) return;
  let nearest = -1;
  let least = 100;
  for (let at = 0; at < shown.x.length; at++) {
    if (hidden.has(shown.label[at])) continue;
    const distance = (toX(shown.x[at]) - offsetX) ** 2 + (toY(shown.y[at]) - offsetY) ** 2;
    if (distance < least) [nearest, least] = [at, distance];
  }
  tip.hidden = nearest < 0;
  if (nearest < 0) return;
  const name = shown.clusters.find(({ label }) => label === shown.label[nearest])?.name;
  const who = shown.exact ? `row ${shown.index[nearest]}` : `${number(shown.count[nearest])} rows, most of them`;
  const place = `${shown.x[nearest].toPrecision(5)}, ${shown.y[nearest].toPrecision(5)}`;
  tip.textContent = shown.exact ? `${who}: ${name}\n${place}` : `${who} ${name}\n${place}`;
  tip.style.left = `${Math.min(offsetX + 14, plot.clientWidth - tip.offsetWidth - 4)}px`;
  tip.style.top = `${Math.min(offsetY + 14, plot.clientHeight - tip.offsetHeight - 4)}px`;
}

const KEYS = {
  '+': () => zoom(0.7),
  '=': () => zoom(0.7),
  '-': () => zoom(1 / 0.7),
  0: all,
  ArrowLeft: () => move(-0.12, 0),
  ArrowRight: () => move(0.12, 0),
  ArrowUp: () => move(0, 0.12),
  ArrowDown: () => move(0, -0.12),
};
plot.addEventListener('keydown', (event) => {
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
element('in').addEventListener('click', () => zoom(0.7));
element('out').addEventListener('click', () => zoom(1 / 0.7));
element('all').addEventListener('click', all);
new ResizeObserver(draw).observe(plot);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

if (job === '') told.textContent = 'The address names no job: /points?job=<id>&chart=pca';
else ask();
