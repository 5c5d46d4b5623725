const [HIGH, LOW] = [0.693145751953125, 0.0000014286068203094173];

/** Rounded to the nearest integer, halves to the even one. */
const nearest = (x: number): number => x + 6755399441055744 - 6755399441055744;

/** e^x by the steps of wasm/exponential.ts, bit for bit; 0 below -708, and not for arguments above 700. */
export function exponential(x: number): number {
  if (x < -708) return 0;
  const n = nearest(x * Math.LOG2E);
  let r = x - n * HIGH;
  r -= n * LOW;
  const s = r * r;
  let p = s * 0.0001261771930748106 + 0.030299440770744195;
  p = r * (s * p + 1);
  let q = s * 0.0000030019850513866446 + 0.002524483403496841;
  q = s * q + 0.22726554820815503;
  q = s * q + 2.0;
  const fraction = p / (q - p);
  return (1 + (fraction + fraction)) * 2 ** n;
}
