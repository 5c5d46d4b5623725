"""Golden results of scikit-learn (neighbours, t-SNE) and umap-learn 0.5.12 (UMAP); writes manifold.json beside itself."""
import json
import warnings
from pathlib import Path

import numpy as np
import umap
from scipy.sparse import csr_matrix
from sklearn.datasets import load_iris, load_wine, make_blobs
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold._t_sne import _joint_probabilities_nn, _kl_divergence_bh
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler
from umap.umap_ import compute_membership_strengths, find_ab_params, fuzzy_simplicial_set, smooth_knn_dist

warnings.filterwarnings("ignore")
rng = np.random.default_rng(11)
PERPLEXITY = 20.0
K = 15
SEEDS = range(5)


def apart(X):
    """With a little noise, so that no two distances are equal: which of equally near rows come first is anybody's choice."""
    return np.round(X + rng.normal(0, 1e-3, X.shape), 6)


def short(a, digits=9):
    """To so many significant digits."""
    return [float(f"{value:.{digits}g}") for value in np.asarray(a, dtype=float).ravel()]


tables = {
    "iris": apart(load_iris().data),
    "wine": apart(StandardScaler().fit_transform(load_wine().data)),
    "blobs": apart(make_blobs(240, 6, centers=4, cluster_std=[0.6, 1, 1.6, 2.4], random_state=7)[0]),
}


def entries(graph, digits=9):
    """Rows, columns and values of what is not 0, by row and column."""
    graph = csr_matrix(graph)
    graph.sum_duplicates()
    graph.eliminate_zeros()
    graph = graph.tocoo()
    order = np.lexsort((graph.col, graph.row))
    return {
        "rows": graph.row[order].tolist(),
        "columns": graph.col[order].tolist(),
        "values": short(graph.data[order], digits),
    }


golden = {}
for name, X in tables.items():
    rows = len(X)
    new = np.round(X[:9] + 0.07, 6)
    near = NearestNeighbors(n_neighbors=K).fit(X)
    distances, indices = near.kneighbors(X)
    others, other_indices = near.kneighbors(new)

    many = NearestNeighbors(n_neighbors=int(3 * PERPLEXITY + 1)).fit(X).kneighbors_graph(mode="distance")
    many.data **= 2
    P = _joint_probabilities_nn(many, PERPLEXITY, 0)
    tsne = TSNE(perplexity=PERPLEXITY, learning_rate=200.0, init="pca", max_iter=1000, random_state=0).fit(X)
    Y = np.round(tsne.embedding_.astype(np.float64), 4)
    # An angle of 0: repulsion of all pairs, nothing grouped.
    divergence, gradient = _kl_divergence_bh(Y.ravel(), P, 1.0, rows, 2, angle=0.0)

    graph, _, _ = fuzzy_simplicial_set(X, K, 0, "euclidean", knn_indices=indices, knn_dists=distances)
    found = others.astype(np.float32)
    sigmas, rhos = smooth_knn_dist(found, float(K), local_connectivity=0.0)
    ties = compute_membership_strengths(other_indices.astype(np.int32), found, sigmas, rhos, bipartite=True)[2]
    degree = np.asarray(graph.sum(1)).ravel() ** -0.5
    spectrum, vectors = np.linalg.eigh(np.eye(rows) - degree[:, None] * graph.toarray() * degree[None, :])
    laid = [umap.UMAP(n_components=2, n_neighbors=K, random_state=seed).fit(X) for seed in SEEDS]
    golden[name] = {
        "columns": X.shape[1],
        "data": X.ravel().tolist(),
        "new": new.ravel().tolist(),
        "neighbors": {
            "indices": indices.ravel().tolist(),
            "distances": short(distances, 12),
            "others": {"indices": other_indices.ravel().tolist(), "distances": short(others, 12)},
        },
        "tSne": {
            "perplexity": PERPLEXITY,
            "P": entries(P),
            "places": Y.ravel().tolist(),
            "divergence": float(divergence),
            "gradient": short(gradient),
            "end": {
                "divergence": tsne.kl_divergence_,
                "trustworthiness": trustworthiness(X, tsne.embedding_, n_neighbors=10),
            },
        },
        "umap": {
            "neighbors": K,
            "graph": entries(graph, 7),
            "ties": short(ties, 7),
            "laplacian": {"values": short(spectrum[:5]), "vectors": short(vectors[:, 1:3], 7)},
            "trustworthiness": [trustworthiness(X, one.embedding_, n_neighbors=10) for one in laid],
        },
    }

curves = [
    {"min_dist": min_dist, "spread": spread, "ab": [float(v) for v in find_ab_params(spread, min_dist)]}
    for min_dist, spread in ((0.1, 1.0), (0.0, 1.0), (0.5, 1.0), (0.99, 1.0), (0.25, 2.0), (0.1, 0.5))
]
Path(__file__).with_suffix(".json").write_text(json.dumps({"tables": golden, "curves": curves}) + "\n")
