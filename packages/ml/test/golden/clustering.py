"""Writes clustering.json: what scikit-learn finds on small tables. Run: python packages/ml/test/golden/clustering.py"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import cluster, datasets, metrics
from sklearn.preprocessing import scale

rng = np.random.default_rng(5)


def table(X):
    return np.round(X, 6)


def tables():
    yield "iris", table(datasets.load_iris().data), 3
    yield "wine", table(scale(datasets.load_wine().data)), 3
    X, _ = datasets.make_moons(300, noise=0.06, random_state=1)
    yield "moons", table(X), 2
    X, _ = datasets.make_blobs(400, 5, centers=6, cluster_std=[0.5, 1, 1.5, 0.7, 2, 1], random_state=3)
    noise = rng.uniform(-12, 12, size=(60, 5))
    yield "blobs with noise", table(np.vstack([X, noise])), 6
    # Many equal distances and equal rows.
    yield "grid", np.array([[i % 7, i // 7 % 7] for i in range(120)], dtype=float), 3


def ints(a):
    return [int(v) for v in a]


def nums(a):
    return [float(v) for v in np.asarray(a).ravel()]


out = {"sklearn": sklearn.__version__, "tables": []}
for name, X, k in tables():
    eps = {"iris": 0.5, "wine": 2.3, "moons": 0.2, "blobs with noise": 1.8, "grid": 1.0}[name]
    entry = {"name": name, "columns": X.shape[1], "data": nums(X), "k": k, "eps": eps, "results": {}}
    r = entry["results"]
    # From given rows, so that there is one result.
    start = X[np.linspace(0, len(X) - 1, k).astype(int)]
    km = cluster.KMeans(k, init=start, n_init=1, tol=0, max_iter=300).fit(X)
    r["kMeans"] = {"start": nums(start), "labels": ints(km.labels_), "inertia": km.inertia_, "centres": nums(km.cluster_centers_)}
    best = cluster.KMeans(k, n_init=50, random_state=0).fit(X)
    r["bestInertia"] = best.inertia_
    db = cluster.DBSCAN(eps=eps, min_samples=5).fit(X)
    r["dbscan"] = {"labels": ints(db.labels_), "core": int(len(db.core_sample_indices_))}
    r["hdbscan"] = []
    for options in (
        {},
        {"min_cluster_size": 10, "min_samples": 3},
        {"min_cluster_size": 10, "cluster_selection_epsilon": 1.0},
        # Cores make many distances equal, and scikit-learn's leaves then depend on the order of rows; of single rows they do not.
        {"min_samples": 1, "min_cluster_size": 8},
        {"min_samples": 1, "min_cluster_size": 8, "cluster_selection_method": "leaf"},
        {"min_samples": 1, "min_cluster_size": 8, "max_cluster_size": 60},
        {"alpha": 1.5, "min_cluster_size": 15},
        {"allow_single_cluster": True, "min_cluster_size": 20},
    ):
        try:
            h = cluster.HDBSCAN(copy=True, **options).fit(X)
        except TypeError as error:
            # scikit-learn 1.9.1 with NumPy 2.4 fails on some tables with cluster_selection_epsilon.
            print(name, options, error)
            continue
        r["hdbscan"].append({"params": options, "labels": ints(h.labels_)})
    r["optics"] = []
    for options in (
        {"min_samples": 10, "min_cluster_size": 0.1},
        {"min_samples": 5, "xi": 0.1, "min_cluster_size": 0.05},
        {"min_samples": 5, "cluster_method": "dbscan", "eps": eps},
        {"min_samples": 5, "max_eps": 1.5 * eps, "min_cluster_size": 0.05},
    ):
        o = cluster.OPTICS(**options).fit(X)
        reach = [None if np.isinf(v) else float(v) for v in o.reachability_]
        r["optics"].append({"params": options, "labels": ints(o.labels_), "order": ints(o.ordering_), "reach": reach})
    r["agglomerative"] = {}
    for linkage in ("ward", "single", "complete", "average"):
        a = cluster.AgglomerativeClustering(k, linkage=linkage, compute_distances=True).fit(X)
        r["agglomerative"][linkage] = {"labels": ints(a.labels_), "heights": nums(np.sort(a.distances_))}
    labels = km.labels_
    r["metrics"] = {
        "silhouette": metrics.silhouette_score(X, labels),
        "daviesBouldin": metrics.davies_bouldin_score(X, labels),
        "calinskiHarabasz": metrics.calinski_harabasz_score(X, labels),
        "inertia": km.inertia_,
    }
    D = metrics.pairwise_distances(X)
    same = labels[:, None] == labels[None, :]
    r["metrics"]["dunn"] = float(D[~same].min() / D[same].max())
    other = r["agglomerative"]["average"]["labels"]
    r["agreement"] = {
        "a": ints(labels),
        "b": other,
        "adjustedRand": metrics.adjusted_rand_score(labels, other),
        "normalizedMutualInformation": metrics.normalized_mutual_info_score(labels, other),
        "adjustedMutualInformation": metrics.adjusted_mutual_info_score(labels, other),
    }
    out["tables"].append(entry)

Path(__file__).with_suffix(".json").write_text(json.dumps(out))
