/** THE LIST: every algorithm that users can choose, one line each. registry.ts, forms and the contract tests derive from it. */
export { gradientBoosting } from './boosting/gradient-boosting.ts';
export { plattScaling } from './calibration/platt-scaling.ts';
export {
  chiSquareTest,
  jensenShannonTest,
  kolmogorovSmirnovTest,
  psiTest,
  wassersteinTest,
} from './drift/drift-tests.ts';
export { anderson } from './drift/evidently/anderson.ts';
export { chisquare } from './drift/evidently/chisquare.ts';
export { cramerVonMises as cramer_von_mises } from './drift/evidently/cramer-von-mises.ts';
export { energyDistance as ed } from './drift/evidently/energy-distance.ts';
export { eppsSingleton as es } from './drift/evidently/epps-singleton.ts';
export { fisherExact as fisher_exact } from './drift/evidently/fisher-exact.ts';
export { gTest as g_test } from './drift/evidently/g-test.ts';
export { hellinger } from './drift/evidently/hellinger.ts';
export { jensenshannon } from './drift/evidently/jensenshannon.ts';
export { klDiv as kl_div } from './drift/evidently/kl-div.ts';
export { ks } from './drift/evidently/ks.ts';
export { mannWhitney as mannw } from './drift/evidently/mann-whitney.ts';
export { psi } from './drift/evidently/psi.ts';
export { tTest as t_test } from './drift/evidently/t-test.ts';
export { tvd as TVD } from './drift/evidently/tvd.ts';
export { wasserstein } from './drift/evidently/wasserstein.ts';
export { zTest as z } from './drift/evidently/z-test.ts';
export { implicitAls } from './recommendation/als.ts';
export { firstPurchase } from './recommendation/first-purchase.ts';
