"""Golden results of scikit-learn for PCA, kernel PCA and factor analysis; writes decomposition.json beside itself."""
import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris, load_wine
from sklearn.decomposition import PCA, FactorAnalysis, KernelPCA
from sklearn.preprocessing import StandardScaler

tables = {
    "iris": load_iris().data,
    "wine": np.round(StandardScaler().fit_transform(load_wine().data), 6),
}
golden = {}
for name, X in tables.items():
    pca = PCA().fit(X)
    new = X[:7] + 0.25
    kernel = KernelPCA(n_components=4, kernel="rbf", eigen_solver="dense").fit(X)
    factors = FactorAnalysis(n_components=2, svd_method="lapack").fit(X)
    golden[name] = {
        "X": X.tolist(),
        "pca": {
            "variance": pca.explained_variance_.tolist(),
            "ratio": pca.explained_variance_ratio_.tolist(),
            "components": pca.components_.tolist(),
            "new": pca.transform(new).tolist(),
            "ninety": int(PCA(n_components=0.9).fit(X).n_components_),
        },
        "kernel": {
            "eigenvalues": kernel.eigenvalues_.tolist(),
            "fitted": kernel.transform(X)[::10].tolist(),
            "new": kernel.transform(new).tolist(),
        },
        "factors": {
            "components": factors.components_.tolist(),
            "noise": factors.noise_variance_.tolist(),
            "loglike": factors.loglike_,
            "new": factors.transform(new).tolist(),
        },
    }
Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
