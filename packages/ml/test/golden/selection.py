"""Golden results of scikit-learn and NumPy for the choice of columns; writes selection.json beside itself."""
import json
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, load_wine, make_blobs
from sklearn.feature_selection import VarianceThreshold, mutual_info_classif
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(2)


def apart(X):
    """Without equal values, so that the noise which scikit-learn adds before it counts neighbours is of no weight."""
    return np.round(X + rng.normal(0, 1e-3, X.shape), 9)


blobs = make_blobs(300, 5, centers=3, random_state=4)[0]
tables = {
    "iris": load_iris().data,
    "wine": StandardScaler().fit_transform(load_wine().data),
    # Three columns tell nothing, one of them of little variance, and one repeats another.
    "blobs": np.hstack([blobs, rng.normal(0, [1, 4, 0.1], (300, 3)), blobs[:, :1] * -2 + rng.normal(0, 0.5, (300, 1))]),
}


def uncorrelated(X, threshold):
    """Each column that correlates with none that was kept before it."""
    correlations = np.abs(np.corrcoef(X, rowvar=False))
    kept = []
    for column in range(X.shape[1]):
        if all(correlations[column, other] <= threshold for other in kept):
            kept.append(column)
    return kept


golden = {}
for name, X in tables.items():
    X = apart(X)
    variances = VarianceThreshold(0.1).fit(X)
    means = KMeans(3, n_init=50, tol=0, random_state=0).fit(X)
    golden[name] = {
        "X": X.tolist(),
        "varianceThreshold": {"scores": X.var(0).tolist(), "selected": variances.get_support(indices=True).tolist()},
        "correlationThreshold": {"correlations": np.corrcoef(X, rowvar=False).ravel().tolist(), "selected": uncorrelated(X, 0.6)},
        "kMeansColumns": means.cluster_centers_.var(0).tolist(),
        "mutualInformationColumns": mutual_info_classif(X, means.labels_, n_neighbors=3, random_state=0).tolist(),
    }
Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
