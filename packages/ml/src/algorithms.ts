/** THE LIST: every algorithm that users can choose, one line each. registry.ts, forms and the contract tests derive from it. */
export { gradientBoosting } from './boosting/gradient-boosting.ts';
export { plattScaling } from './calibration/platt-scaling.ts';
export { dunn } from './cluster-metrics/dunn.ts';
export { calinskiHarabasz, daviesBouldin, inertia } from './cluster-metrics/mean-metrics.ts';
export { silhouette } from './cluster-metrics/silhouette.ts';
export { agglomerative } from './clustering/agglomerative.ts';
export { dbscan } from './clustering/dbscan.ts';
export { gaussianMixture } from './clustering/gaussian-mixture.ts';
export { hdbscan } from './clustering/hdbscan.ts';
export { kMeans } from './clustering/k-means.ts';
export { optics } from './clustering/optics.ts';
export { spectral } from './clustering/spectral.ts';
export { factorAnalysis } from './decomposition/factor-analysis.ts';
export { kernelPca } from './decomposition/kernel-pca.ts';
export { pca } from './decomposition/pca.ts';
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
export { tSne } from './manifold/t-sne.ts';
export { umap } from './manifold/umap.ts';
export { autoencoder } from './neural/autoencoder.ts';
export { automaticImputer } from './preprocessing/automatic-imputer.ts';
export { boxCox } from './preprocessing/box-cox.ts';
export { constantImputer } from './preprocessing/constant-imputer.ts';
export { hashingEncoder } from './preprocessing/hashing-encoder.ts';
export { iqrFence } from './preprocessing/iqr-fence.ts';
export { isolationForest } from './preprocessing/isolation-forest.ts';
export { log1pTransform } from './preprocessing/log1p-transform.ts';
export { meanImputer } from './preprocessing/mean-imputer.ts';
export { medianImputer } from './preprocessing/median-imputer.ts';
export { minMaxScaler } from './preprocessing/min-max-scaler.ts';
export { modeImputer } from './preprocessing/mode-imputer.ts';
export { nearestImputer } from './preprocessing/nearest-imputer.ts';
export { oneHotEncoder } from './preprocessing/one-hot-encoder.ts';
export { ordinalEncoder } from './preprocessing/ordinal-encoder.ts';
export { quantileFence } from './preprocessing/quantile-fence.ts';
export { robustScaler } from './preprocessing/robust-scaler.ts';
export { sqrtTransform } from './preprocessing/sqrt-transform.ts';
export { standardScaler } from './preprocessing/standard-scaler.ts';
export { yeoJohnson } from './preprocessing/yeo-johnson.ts';
export { zScoreFence } from './preprocessing/z-score-fence.ts';
export { implicitAls } from './recommendation/als.ts';
export { firstPurchase } from './recommendation/first-purchase.ts';
export { allColumns } from './selection/all-columns.ts';
export { correlationThreshold } from './selection/correlation-threshold.ts';
export { kMeansColumns } from './selection/k-means-columns.ts';
export { mutualInformationColumns } from './selection/mutual-information-columns.ts';
export { varianceThreshold } from './selection/variance-threshold.ts';
