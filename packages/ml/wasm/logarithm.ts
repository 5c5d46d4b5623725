/**
 * Natural logarithm of a normal positive number by the series of (x - 1) / (x + 1), below one unit of the last place. The
 * language's own one has tables, which lie where kernels keep their data.
 */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  // 2 (z/3 + z^2/5 + ...): s is below 0.172, so that ten terms reach the last place.
  let series: f64 = 2.0 / 21;
  series = series * z + 2.0 / 19;
  series = series * z + 2.0 / 17;
  series = series * z + 2.0 / 15;
  series = series * z + 2.0 / 13;
  series = series * z + 2.0 / 11;
  series = series * z + 2.0 / 9;
  series = series * z + 2.0 / 7;
  series = series * z + 2.0 / 5;
  series = series * z + 2.0 / 3;
  const e = <f64>exponent;
  // ln 2 in two parts, the first of few bits.
  return e * 6.93147180369123816490e-1 + (2 * s + (s * z * series + e * 1.90821492927058770002e-10));
}
