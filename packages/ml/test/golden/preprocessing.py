"""Golden results of SciPy and scikit-learn for preprocessing; writes preprocessing.json beside itself."""
import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.datasets import load_wine
from sklearn.ensemble import IsolationForest
from sklearn.feature_extraction import FeatureHasher
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.preprocessing import (
    FunctionTransformer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, PowerTransformer, RobustScaler, StandardScaler
)

rng = np.random.default_rng(4)
samples = {
    "normal": rng.normal(3, 2, 300),
    "exponential": rng.exponential(2, 300) + 1,
    "lognormal": rng.lognormal(0.5, 0.8, 300) + 2,
    "uniform": rng.uniform(-1, 4, 300),
}
samples = {name: np.round(values, 6) for name, values in samples.items()}

distributions = {}
for name, values in samples.items():
    fits = {}
    for distribution in ("norm", "expon", "lognorm", "uniform"):
        parameters = getattr(stats, distribution).fit(values)
        statistic = stats.kstest(values, distribution, args=parameters).statistic
        fits[distribution] = {"parameters": list(parameters), "statistic": statistic}
    distributions[name] = fits

powers = {}
for name, values in samples.items():
    column = values.reshape(-1, 1)
    yeo = PowerTransformer("yeo-johnson", standardize=False).fit(column)
    powers[name] = {"yeoJohnson": {"exponent": yeo.lambdas_[0], "values": yeo.transform(column)[:5, 0].tolist()}}
    if values.min() > 0:
        box = PowerTransformer("box-cox", standardize=False).fit(column)
        powers[name]["boxCox"] = {"exponent": box.lambdas_[0], "values": box.transform(column)[:5, 0].tolist()}
        for method, function in (("log1pTransform", np.log1p), ("sqrtTransform", np.sqrt)):
            powers[name][method] = {
                "exponent": None, "values": FunctionTransformer(function).fit_transform(column)[:5, 0].tolist()
            }

scalers = {}
for name, values in samples.items():
    standard, robust = StandardScaler().fit(values.reshape(-1, 1)), RobustScaler().fit(values.reshape(-1, 1))
    least = MinMaxScaler().fit(values.reshape(-1, 1))
    scalers[name] = {
        "minMaxScaler": [least.data_min_[0], least.data_range_[0]],
        "standardScaler": [standard.mean_[0], standard.scale_[0]],
        "robustScaler": [robust.center_[0], robust.scale_[0]],
    }

fences = {}
for name, values in samples.items():
    q1, q3 = np.percentile(values, [25, 75])
    low, high = np.percentile(values, [3, 97])
    reach = 3 * values.std()
    fences[name] = {
        "iqrFence": [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)],
        "quantileFence": [low - 1.5 * (high - low), high + 1.5 * (high - low)],
        "zScoreFence": [values.mean() - reach, values.mean() + reach],
    }

wine = load_wine().data
# Small noise, so that no two distances are equal: scikit-learn orders those as it happens.
holes = np.round(wine[:, :6] + rng.normal(0, 0.01, (len(wine), 6)), 6)
holes[rng.uniform(size=holes.shape) < 0.15] = np.nan
holes[holes.shape[0] - 1, :5] = np.nan
filled = KNNImputer(n_neighbors=5).fit_transform(holes)

# Rounded, so that there are values that come often; of equally frequent ones the least is taken.
common = np.round(holes, 0)
imputers = {
    "meanImputer": "mean", "medianImputer": "median", "modeImputer": "most_frequent", "constantImputer": "constant"
}
statistics = {
    method: SimpleImputer(strategy=strategy).fit(common).statistics_.tolist() for method, strategy in imputers.items()
}

forests = [IsolationForest(random_state=seed).fit(wine).score_samples(wine) for seed in range(20)]

words = ["Moscow", "Санкт-Петербург", "", "a", "ab", "abc", "abcd", "abcde", "A longer text, with a comma"]
hashed = FeatureHasher(n_features=8, input_type="string").transform([[word] for word in words]).toarray()

towns = [["Omsk", "Пермь", "Omsk", "Казань", "Пермь", "Omsk", "Тверь", "Пермь", "Omsk", "Казань"][at % 10] for at in range(40)]
one_hot = OneHotEncoder(sparse_output=False).fit_transform([[town] for town in towns])
rare = OneHotEncoder(max_categories=3, sparse_output=False).fit_transform([[town] for town in towns])
ordinal = OrdinalEncoder().fit_transform([[town] for town in towns])[:, 0]

Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "samples": {name: values.tolist() for name, values in samples.items()},
            "distributions": distributions,
            "powers": powers,
            "scalers": scalers,
            "fences": fences,
            "statistics": statistics,
            "towns": towns,
            "oneHot": one_hot.astype(int).tolist(),
            "oneHotOfTwo": rare.astype(int).tolist(),
            "ordinal": ordinal.astype(int).tolist(),
            "holes": [[None if np.isnan(value) else value for value in row] for row in holes.tolist()],
            "filled": filled.tolist(),
            "wine": wine.tolist(),
            "forest": {"mean": np.mean(forests, axis=0).tolist(), "deviation": np.std(forests, axis=0).tolist()},
            "words": words,
            "hashed": hashed.astype(int).tolist(),
        },
        ensure_ascii=False,
    )
    + "\n"
)
