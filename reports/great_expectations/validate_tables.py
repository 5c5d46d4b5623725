"""Runs Great Expectations itself over versions: each folder has suites.json, table.*.parquet and ingest.json of a run.

    pip install 'great_expectations==1.24.1' pyarrow
    python validate_tables.py <folder>...

Each folder gets great-expectations.json: the suites as they were loaded, and the results of validating with them.
"""

import json
import sys
import time
from pathlib import Path

# DVC knows this folder by what is in it, so that nothing may be added here.
sys.dont_write_bytecode = True
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


def validate(folder: Path) -> dict:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    began = time.perf_counter()
    tables = {path.name.split(".")[1]: read_table(path) for path in folder.glob("table.*.parquet")}
    read = time.perf_counter()
    kindred_expectations.use(tables, json.loads((folder / "ingest.json").read_text("utf-8"))["tables"])
    source = context.data_sources.add_pandas("tables")
    results = []
    suites = []
    for written in json.loads((folder / "suites.json").read_text("utf-8")):
        suite = ExpectationSuite(**written)
        suites.append(suite.to_json_dict())
        table = suite.meta["table"]
        batches = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")
        batch = batches.get_batch({"dataframe": tables.get(table, pd.DataFrame())})
        results.append(batch.validate(suite, result_format="SUMMARY").to_json_dict())
    seconds = {"reading": read - began, "validating": time.perf_counter() - read}
    return {"version": gx.__version__, "seconds": seconds, "suites": suites, "validation_results": results}


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        # Examples may be infinite, which JSON does not know.
        found = json.loads(json.dumps(validate(Path(argument))), parse_constant=str)
        (Path(argument) / "great-expectations.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")
