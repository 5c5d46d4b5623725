"""Labels of scikit-learn for clusterings.conformance.test.ts: JSON of cases on standard input, JSON of labels on standard output.

A case has a file of float64, rows, columns, and jobs: [method, parameters of scikit-learn's class].
"""
import json
import sys
import warnings

import numpy as np
from sklearn import cluster, mixture

warnings.filterwarnings("ignore")
CLASSES = {
    "kMeans": cluster.KMeans,
    "gaussianMixture": mixture.GaussianMixture,
    "agglomerative": cluster.AgglomerativeClustering,
    "dbscan": cluster.DBSCAN,
    "hdbscan": cluster.HDBSCAN,
    "optics": cluster.OPTICS,
    "spectral": cluster.SpectralClustering,
}
answers = []
for case in json.load(sys.stdin):
    X = np.fromfile(case["file"]).reshape(case["rows"], case["columns"])
    answers.append([CLASSES[method](**params).fit_predict(X).tolist() for method, params in case["jobs"]])
print(json.dumps(answers))
