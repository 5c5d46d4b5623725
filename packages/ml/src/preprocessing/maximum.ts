const GOLDEN = (3 - Math.sqrt(5)) / 2;

/**
 * Where a function of one peak is greatest between two numbers: Brent's method of parabolas guarded by golden sections
 * ("Algorithms for minimization without derivatives", 1973, chapter 5).
 */
export function maximumBetween(f: (x: number) => number, low: number, high: number, tolerance = 1e-7): number {
  let [a, b] = [low, high];
  let x = a + GOLDEN * (b - a);
  let [w, v] = [x, x];
  let fx = -f(x);
  let [fw, fv] = [fx, fx];
  let [step, before] = [0, 0];
  for (let turn = 0; turn < 200; turn++) {
    const middle = (a + b) / 2;
    const least = tolerance * (Math.abs(x) + 0.1);
    if (Math.abs(x - middle) <= 2 * least - (b - a) / 2) break;
    let parabolic = false;
    if (Math.abs(before) > least) {
      const r = (x - w) * (fx - fv);
      let q = (x - v) * (fx - fw);
      let p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      if (Math.abs(p) < Math.abs(0.5 * q * before) && p > q * (a - x) && p < q * (b - x)) {
        before = step;
        step = p / q;
        const tried = x + step;
        if (tried - a < 2 * least || b - tried < 2 * least) step = x < middle ? least : -least;
        parabolic = true;
      }
    }
    if (!parabolic) {
      before = x < middle ? b - x : a - x;
      step = GOLDEN * before;
    }
    const u = x + (Math.abs(step) >= least ? step : Math.sign(step) * least);
    const fu = -f(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}
