"""Builds Great Expectations' Data Docs from the suites and validation results beside this file.

    pip install 'great_expectations==1.24.1'
    python build_data_docs.py [folder with suites/ and validations/] [project to make, .kindred/data_docs here if not told]
"""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
# DVC knows this folder by what is in it, so that nothing may be added here.
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))

import great_expectations as gx  # noqa: E402
from great_expectations.core import ExpectationSuite  # noqa: E402
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResultSchema  # noqa: E402
from great_expectations.core.run_identifier import RunIdentifier  # noqa: E402
from great_expectations.data_context.types.resource_identifiers import (  # noqa: E402
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

import kindred_expectations  # noqa: E402, F401


def build(folder: Path, project: Path) -> list:
    context = gx.get_context(mode="file", project_root_dir=str(project))
    for path in sorted((folder / "suites").glob("*.json")):
        suite = ExpectationSuite(**json.loads(path.read_text("utf-8")))
        context.suites.add_or_update(suite)
    now = datetime.now(timezone.utc)
    for path in sorted((folder / "validations").glob("*.json")):
        result = ExpectationSuiteValidationResultSchema().loads(path.read_text("utf-8"))
        # Results tell no time of day, so that equal data give equal results; a site sorts by it.
        run = RunIdentifier(run_name=result.meta["run_id"]["run_name"], run_time=now)
        result.meta["run_id"] = run.to_json_dict()
        key = ValidationResultIdentifier(
            expectation_suite_identifier=ExpectationSuiteIdentifier(name=result.suite_name),
            run_id=run,
            batch_identifier=result.meta["active_batch_definition"]["data_asset_name"],
        )
        context.validation_results_store.set(key, result)
    return list(context.build_data_docs().values())


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    folder = given[0] if given else HERE
    project = given[1] if len(given) > 1 else Path.cwd() / ".kindred/data_docs"
    project.mkdir(parents=True, exist_ok=True)
    for page in build(folder, project):
        print(page)
