"""The peer of clustering.ts: one method of scikit-learn or umap-learn on one table; prints one line of JSON.

Arguments: method, file of float64, rows, columns, JSON of {"k", "eps", "gamma", "labels": file of int32, "Z": file of float64 to judge}.
"""
import json
import resource
import sys
import time
import warnings

import numpy as np

# What would need more, such as a table of all distances of 100,000 rows, is to fail and not to push others out of memory.
resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
warnings.filterwarnings("ignore")
method, file, rows, columns, options = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5])
X = np.fromfile(file).reshape(rows, columns)
y = np.fromfile(options["labels"], dtype=np.int32)
k, eps, gamma = options["k"], options["eps"], options["gamma"]

from sklearn import cluster, decomposition, manifold, metrics, mixture, neighbors, neural_network  # noqa: E402

labelled = {
    "kMeans": lambda: cluster.KMeans(k, random_state=1),
    "dbscan": lambda: cluster.DBSCAN(eps=eps, min_samples=5, n_jobs=2),
    "hdbscan": lambda: cluster.HDBSCAN(min_cluster_size=50, copy=True, n_jobs=2),
    "optics": lambda: cluster.OPTICS(min_samples=10, min_cluster_size=0.02, n_jobs=2),
    "agglomerative": lambda: cluster.AgglomerativeClustering(k),
    "agglomerative:single": lambda: cluster.AgglomerativeClustering(k, linkage="single"),
    "agglomerative:average": lambda: cluster.AgglomerativeClustering(k, linkage="average"),
    "gaussianMixture": lambda: mixture.GaussianMixture(k, random_state=1),
    "spectral": lambda: cluster.SpectralClustering(k, gamma=gamma, random_state=1, n_jobs=2),
}
placed = {
    "pca": lambda: decomposition.PCA(2),
    "kernelPca": lambda: decomposition.KernelPCA(2, kernel="rbf", gamma=gamma, random_state=1),
    "factorAnalysis": lambda: decomposition.FactorAnalysis(2, random_state=1),
    "tSne": lambda: manifold.TSNE(2, random_state=1, n_jobs=2),
}


def encoded():
    """An MLP that learns its own input: the layers, batches, steps and passes of our autoencoder; the code is of its middle layer."""
    scaled = (X - X.mean(0)) / np.sqrt(X.var(0).mean())
    network = neural_network.MLPRegressor(
        hidden_layer_sizes=(32, 10, 32),
        alpha=0, batch_size=32, learning_rate_init=0.001, max_iter=50, n_iter_no_change=50, tol=0, random_state=1
    ).fit(scaled, scaled)
    first, code = zip(network.coefs_[:2], network.intercepts_[:2])
    return np.maximum(scaled @ first[0] + first[1], 0) @ code[0] + code[1]


if method == "umap":
    import umap

    placed["umap"] = lambda: umap.UMAP(n_components=2, n_jobs=2)
    # Its first run compiles, on as many rows as it takes to meet the approximate search.
    umap.UMAP(n_components=2, n_jobs=2).fit(np.random.default_rng(0).normal(size=(min(rows, 5000), columns)))
scored = {
    "silhouette": lambda: metrics.silhouette_score(X, y),
    "daviesBouldin": lambda: metrics.davies_bouldin_score(X, y),
    "calinskiHarabasz": lambda: metrics.calinski_harabasz_score(X, y),
}



def trustworthiness(Z):
    """Of at most 2,000 rows, the same ones for both sides."""
    pick = np.random.default_rng(0).choice(rows, min(rows, 2000), replace=False)
    return manifold.trustworthiness(X[pick], Z[pick], n_neighbors=15)


if method == "trustworthiness":
    print(json.dumps({"quality": float(trustworthiness(np.fromfile(options["Z"]).reshape(rows, -1)))}))
    sys.exit()


def once():
    """One fit or score; a function that judges what it gave."""
    if method in labelled:
        labels = labelled[method]().fit_predict(X)
        return lambda: metrics.adjusted_rand_score(y, labels)
    if method in placed or method == "autoencoder":
        Z = encoded() if method == "autoencoder" else placed[method]().fit_transform(X)
        return lambda: trustworthiness(Z)
    if method in scored:
        value = scored[method]()
        return lambda: value
    found = neighbors.NearestNeighbors(n_neighbors=15, n_jobs=2).fit(X).kneighbors(X)
    return lambda: found[0].mean()


if method not in [*labelled, *placed, *scored, "autoencoder", "nearestNeighbors"]:
    print(json.dumps({"none": True}))
    sys.exit()
seconds, spent = float("inf"), 0.0
for run in range(100):
    start = time.perf_counter()
    judge = once()
    took = time.perf_counter() - start
    seconds, spent = min(seconds, took), spent + took
    if run == 0:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        quality = float(judge())
    if spent >= 1:
        break
print(json.dumps({"seconds": seconds, "megabytes": peak, "quality": quality}))
