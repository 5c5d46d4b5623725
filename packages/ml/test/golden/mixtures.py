"""Golden results of scikit-learn for Gaussian mixtures, spectral clustering and mutual information; writes mixtures.json."""
import json
from pathlib import Path

import numpy as np
from sklearn.cluster import SpectralClustering
from sklearn.datasets import load_iris, load_wine, make_moons
from sklearn.feature_selection import mutual_info_classif
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(3)
iris = load_iris()
X = iris.data
mixtures = {}
for kind in ("full", "tied", "diag", "spherical"):
    fitted = GaussianMixture(3, covariance_type=kind, tol=1e-9, max_iter=2000, random_state=0).fit(X)
    order = np.array(list(dict.fromkeys(fitted.predict(X))))
    early = GaussianMixture(3, covariance_type=kind, random_state=0).fit(X)
    mixtures[kind] = {
        "means": fitted.means_[order].tolist(),
        "weights": fitted.weights_[order].tolist(),
        "bound": fitted.lower_bound_,
        "bic": fitted.bic(X),
        "aic": fitted.aic(X),
        "posterior": fitted.predict_proba(X[:100:7] + 0.3)[:, order].tolist(),
        "labels": fitted.predict(X).tolist(),
        "early": {"turns": early.n_iter_, "bound": early.lower_bound_},
    }

moons, truth = make_moons(300, noise=0.06, random_state=0)
moons = np.round(moons, 6)
wine = np.round(StandardScaler().fit_transform(load_wine().data), 6)
spectral = {
    "moons": {"X": moons.tolist(), "gamma": 30.0, "k": 2, "labels": SpectralClustering(2, gamma=30.0, random_state=0).fit_predict(moons).tolist()},
    "wine": {"X": wine.tolist(), "gamma": 1 / 13, "k": 3, "labels": SpectralClustering(3, gamma=1 / 13, random_state=0).fit_predict(wine).tolist()},
    "iris": {"X": X.tolist(), "gamma": 1.0, "k": 3, "labels": SpectralClustering(3, random_state=0).fit_predict(X).tolist()},
}
neighbours = SpectralClustering(2, affinity="nearest_neighbors", n_neighbors=10, random_state=0).fit_predict(moons)
spectral["moons"]["neighbours"] = neighbours.tolist()

# Without ties, the noise that scikit-learn adds is of no weight.
smooth = np.round(wine + rng.normal(0, 1e-3, wine.shape), 9)
information = mutual_info_classif(smooth, load_wine().target, n_neighbors=3, random_state=0)

Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "iris": X.tolist(),
            "mixtures": mixtures,
            "spectral": spectral,
            "information": {"X": smooth.tolist(), "labels": load_wine().target.tolist(), "scores": information.tolist()},
        }
    )
    + "\n"
)
