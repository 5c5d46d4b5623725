/**
 * e^x in two lanes by the rational approximation of Moshier's Cephes library, about one unit in the last place; 0 below -708,
 * and not for arguments above 700. src/linear-algebra/exponential.ts has the same steps one by one.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const small = f64x2.lt(x, f64x2.splat(-708));
  const bounded = f64x2.max(x, f64x2.splat(-708));
  const n = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(bounded, f64x2.mul(n, f64x2.splat(0.693145751953125)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.42860682030941723212e-6)));
  const s = f64x2.mul(r, r);
  let p = f64x2.add(f64x2.mul(s, f64x2.splat(1.26177193074810590878e-4)), f64x2.splat(3.02994407707441961300e-2));
  p = f64x2.mul(r, f64x2.add(f64x2.mul(s, p), f64x2.splat(9.99999999999999999910e-1)));
  let q = f64x2.add(f64x2.mul(s, f64x2.splat(3.00198505138664455042e-6)), f64x2.splat(2.52448340349684104192e-3));
  q = f64x2.add(f64x2.mul(s, q), f64x2.splat(2.27265548208155028766e-1));
  q = f64x2.add(f64x2.mul(s, q), f64x2.splat(2.00000000000000000005));
  const fraction = f64x2.div(p, f64x2.sub(q, p));
  const mantissa = f64x2.add(f64x2.splat(1), f64x2.add(fraction, fraction));
  // 2^n by the exponent's bits: adding 1.5 * 2^52 leaves the integer in the low bits.
  const bits = i64x2.sub(f64x2.add(n, f64x2.splat(6755399441055744)), i64x2.splat(0x4338000000000000));
  const power = i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52);
  return v128.andnot(f64x2.mul(mantissa, power), small);
}
