"""Runs Great Expectations itself over a version's tables: the suites as exported, tables in Parquet, and ingest.json.

    pip install 'great_expectations==1.24.1' pyarrow
    python validate_tables.py <folder of suites> <folder of table.*.parquet and ingest.json> <file of results>
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import great_expectations as gx  # noqa: E402
import pandas as pd  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from great_expectations.core import ExpectationSuite  # noqa: E402

import kindred_expectations  # noqa: E402

# Integers stay integers beside missing values: as floats the large ones would lose digits.
TYPES = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}


def read_table(path: Path) -> pd.DataFrame:
    frame = pq.read_table(path).to_pandas(types_mapper=TYPES.get)
    for field in pq.read_schema(path):
        # Days as moments: Great Expectations takes their median. Seconds, since nanoseconds end in 2262 and an open end is 5999.
        if pa.types.is_date(field.type):
            frame[field.name] = frame[field.name].astype("datetime64[s]")
    return frame


def main(suites: Path, folder: Path, out: Path) -> None:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    began = time.perf_counter()
    tables = {path.name.split(".")[1]: read_table(path) for path in folder.glob("table.*.parquet")}
    read_seconds = time.perf_counter() - began
    kindred_expectations.use(tables, json.loads((folder / "ingest.json").read_text("utf-8"))["tables"])
    source = context.data_sources.add_pandas("tables")
    results = []
    loaded = {}
    began = time.perf_counter()
    for path in sorted(suites.glob("*.json")):
        suite = ExpectationSuite(**json.loads(path.read_text("utf-8")))
        loaded[suite.name] = suite.to_json_dict()
        table = suite.meta["table"]
        batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all").get_batch(
            {"dataframe": tables.get(table, pd.DataFrame())}
        )
        results.append(batch.validate(suite, result_format="SUMMARY").to_json_dict())
    seconds = time.perf_counter() - began
    told = {"version": gx.__version__, "read_seconds": read_seconds, "seconds": seconds, "suites": loaded, "results": results}
    out.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
