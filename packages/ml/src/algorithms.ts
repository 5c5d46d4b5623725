/** THE LIST: every algorithm that users can choose, one line each. registry.ts, forms and the contract tests derive from it. */
export { gradientBoosting } from './boosting/gradient-boosting.ts';
export { plattScaling } from './calibration/platt-scaling.ts';
export { dbscan } from './clustering/dbscan.ts';
export { hdbscan } from './clustering/hdbscan.ts';
export { kMeans } from './clustering/k-means.ts';
export { optics } from './clustering/optics.ts';
export {
  chiSquareTest,
  jensenShannonTest,
  kolmogorovSmirnovTest,
  psiTest,
  wassersteinTest,
} from './drift/drift-tests.ts';
export { implicitAls } from './recommendation/als.ts';
export { firstPurchase } from './recommendation/first-purchase.ts';
