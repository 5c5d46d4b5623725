/**
 * a and b for which 1 / (1 + a x^2b) is nearest, in squares over 300 points up to 3 spread, to 1 up to min_dist and
 * exp(-(x - min_dist) / spread) beyond: the ties that UMAP wants between places x apart. Levenberg's method.
 */
export function fitCurve(minDist: number, spread: number): { a: number; b: number } {
  const points = Array.from({ length: 300 }, (_, at) => (at * 3 * spread) / 299);
  const wanted = points.map((x) => (x < minDist ? 1 : Math.exp(-(x - minDist) / spread)));
  const loss = (a: number, b: number) =>
    points.reduce((sum, x, at) => sum + (1 / (1 + a * x ** (2 * b)) - wanted[at]) ** 2, 0);
  let [a, b] = [1, 1];
  let damping = 1e-3;
  for (let step = 0; step < 500; step++) {
    let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
    points.forEach((x, at) => {
      if (x === 0) return;
      const power = x ** (2 * b);
      const value = 1 / (1 + a * power);
      const da = -power * value * value;
      const db = 2 * a * Math.log(x) * da;
      aa += da * da;
      ab += da * db;
      bb += db * db;
      ga += da * (value - wanted[at]);
      gb += db * (value - wanted[at]);
    });
    const [p, q] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = p * q - ab * ab;
    const nextA = a - (q * ga - ab * gb) / determinant;
    const nextB = b - (p * gb - ab * ga) / determinant;
    if (nextA > 0 && nextB > 0 && loss(nextA, nextB) < loss(a, b)) {
      const moved = Math.abs(nextA - a) + Math.abs(nextB - b);
      [a, b] = [nextA, nextB];
      damping /= 3;
      if (moved < 1e-12) break;
    } else {
      damping *= 4;
      if (damping > 1e12) break;
    }
  }
  return { a, b };
}
