/**
 * Expected calibration error: rows are cut into `bins` slices of equal size by predicted probability, and the distances
 * between a slice's mean prediction and its share of positives are averaged, weighted by size (Naeini et al. 2015, with
 * equal-size slices because look-alike probabilities crowd near zero). 0..1, 0 is best.
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = 10,
): number {
  const rows = probabilities.length;
  const order = Uint32Array.from({ length: rows }, (_, at) => at).sort(
    (a, b) => probabilities[a] - probabilities[b] || a - b,
  );
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    let predicted = 0;
    let positive = 0;
    for (let at = Math.floor((bin * rows) / bins); at < Math.floor(((bin + 1) * rows) / bins); at++) {
      predicted += probabilities[order[at]];
      if (labels[order[at]] > 0) positive++;
    }
    error += Math.abs(predicted - positive);
  }
  return rows > 0 ? error / rows : 0;
}
