"""Kindred's own expectations for Great Expectations 1.x on pandas: import it before loading a suite.

Some of them look beyond the table they are about. `use(tables, deliveries)` says where: the other tables by name, and
what ingest noted of each table, which is gone from the data once it was read (see `docs/great-expectations.md`).
"""

from typing import ClassVar, Optional, Tuple

import numpy as np
import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, ColumnAggregateExpectation, ColumnMapExpectation
from great_expectations.expectations.metrics import ColumnAggregateMetricProvider, ColumnMapMetricProvider
from great_expectations.expectations.metrics.column_aggregate_metric_provider import column_aggregate_value
from great_expectations.expectations.metrics.map_metric_provider import column_condition_partial
from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer

class Told:
    """Says in Data Docs what is expected, in a sentence with the names of arguments after `$`."""

    SENTENCE: ClassVar[str]

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(cls, configuration=None, result=None, runtime_configuration=None, **kwargs):
        given = {"mostly": 1, **(configuration or result.expectation_config).kwargs}
        template = {"template": cls.SENTENCE, "params": given, "styling": (runtime_configuration or {}).get("styling")}
        return [RenderedStringTemplateContent(content_block_type="string_template", string_template=template)]


TABLES: dict = {}
DELIVERIES: dict = {}


def use(tables: dict, deliveries: dict) -> None:
    """Names the pandas frames, and the part `tables` of ingest.json, that the expectations below look at."""
    TABLES.clear()
    TABLES.update(tables)
    DELIVERIES.clear()
    DELIVERIES.update(deliveries)


def keys(table: str, column: str) -> pd.Series:
    """Different values of a column; none where no batch of the table was received."""
    return TABLES[table][column].dropna().drop_duplicates() if table in TABLES else pd.Series(dtype="object")


def judged(elements: int, unexpected: int, success: bool, examples: list, **more) -> dict:
    """A result over things every one of which counts."""
    share = unexpected / elements * 100 if elements else None
    result = {
        "element_count": elements,
        "unexpected_count": unexpected,
        "unexpected_percent": share,
        "partial_unexpected_list": examples,
        **more,
    }
    return {"success": bool(success), "result": result}


class ColumnValuesInOtherTable(ColumnMapMetricProvider):
    condition_metric_name = "column_values.in_other_table"
    condition_value_keys = ("other_table", "other_column")

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, other_table, other_column, **kwargs):
        return column.isin(keys(other_table, other_column))


class ExpectColumnValuesToBeInOtherTable(Told, ColumnMapExpectation):
    """Expect values to occur in a column of another table."""

    SENTENCE: ClassVar[str] = "values must occur in $other_table.$other_column, at least a share of $mostly of them."
    other_table: str
    other_column: str
    map_metric: ClassVar[str] = "column_values.in_other_table"
    success_keys: ClassVar[Tuple[str, ...]] = ("other_table", "other_column", "mostly")
    args_keys: ClassVar[Tuple[str, ...]] = ("column", "other_table", "other_column")


class ColumnShareCovered(ColumnAggregateMetricProvider):
    metric_name = "column.share_covered"
    value_keys = ("other_table", "other_column")

    @column_aggregate_value(engine=PandasExecutionEngine)
    def _pandas(cls, column, other_table, other_column, **kwargs):
        wanted = keys(other_table, other_column)
        return float(wanted.isin(column.dropna()).mean()) if len(wanted) else 1.0


class ExpectColumnToCoverShareOfOtherTable(Told, ColumnAggregateExpectation):
    """Expect at least a share of another table's different values to occur in a column."""

    SENTENCE: ClassVar[str] = "must have at least a share of $min_value of the different values of $other_table.$other_column."
    other_table: str
    other_column: str
    min_value: float
    metric_dependencies: ClassVar[Tuple[str, ...]] = ("column.share_covered",)
    success_keys: ClassVar[Tuple[str, ...]] = ("other_table", "other_column", "min_value")
    args_keys: ClassVar[Tuple[str, ...]] = ("column", "other_table", "other_column", "min_value")

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        share = metrics["column.share_covered"]
        return {"success": bool(share >= self.min_value), "result": {"observed_value": share}}


def text(value) -> str:
    """A value as the service writes it."""
    if isinstance(value, (bool, np.bool_)):
        return str(value).lower()
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


class ColumnMostCommonShare(ColumnAggregateMetricProvider):
    metric_name = "column.most_common_share"

    @column_aggregate_value(engine=PandasExecutionEngine)
    def _pandas(cls, column, **kwargs):
        counts = column.value_counts()
        if counts.empty:
            return {"value": None, "share": 0.0}
        first = counts[counts == counts.max()].index.min()
        return {"value": text(first), "share": float(counts.max() / counts.sum())}


class ExpectColumnMostCommonValueShareToBeAtMost(Told, ColumnAggregateExpectation):
    """Expect the most common value to have at most a share of the rows that have a value."""

    SENTENCE: ClassVar[str] = "the most common value must have at most a share of $max_value of the rows."
    max_value: float
    metric_dependencies: ClassVar[Tuple[str, ...]] = ("column.most_common_share",)
    success_keys: ClassVar[Tuple[str, ...]] = ("max_value",)
    args_keys: ClassVar[Tuple[str, ...]] = ("column", "max_value")

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        observed = metrics["column.most_common_share"]
        return {"success": bool(observed["share"] <= self.max_value), "result": {"observed_value": observed}}


def frame_of(execution_engine) -> pd.DataFrame:
    return execution_engine.batch_manager.active_batch_data.dataframe


class ExpectColumnPairAssociationToBeAtLeast(Told, BatchExpectation):
    """Expect two rows with the same A to share their B so many times as often as any two rows do."""

    SENTENCE: ClassVar[str] = "Rows with the same $column_A must share their $column_B at least $min_value times as often as any rows do."
    column_A: str
    column_B: str
    min_value: float
    metric_dependencies: ClassVar[Tuple[str, ...]] = ("table.row_count",)
    success_keys: ClassVar[Tuple[str, ...]] = ("column_A", "column_B", "min_value")
    args_keys: ClassVar[Tuple[str, ...]] = ("column_A", "column_B", "min_value")
    domain_keys: ClassVar[Tuple[str, ...]] = ("batch_id", "table")

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        pairs = frame_of(execution_engine)[[self.column_A, self.column_B]].dropna()

        def chance(counts) -> float:
            counts = counts.astype("float64")
            return float((counts * (counts - 1)).sum())

        same = chance(pairs.groupby([self.column_A, self.column_B]).size())
        within = chance(pairs.groupby(self.column_A).size())
        collisions = chance(pairs.groupby(self.column_B).size())
        total = float(len(pairs))
        anywhere = collisions / max(1.0, total * (total - 1))
        observed = same / max(1.0, within) / anywhere if anywhere > 0 else 1.0
        return {"success": observed >= self.min_value, "result": {"observed_value": observed}}


class DeliveryExpectation(BatchExpectation):
    """About what ingest noted of a table: the table is named by `meta`."""

    metric_dependencies: ClassVar[Tuple[str, ...]] = ("table.row_count",)
    domain_keys: ClassVar[Tuple[str, ...]] = ("batch_id", "table")

    @property
    def delivery(self) -> dict:
        return DELIVERIES.get((self.meta or {}).get("table"), {})


class ExpectTableToBePresent(Told, DeliveryExpectation):
    """Expect at least one batch of the table to have been received, possibly an empty one."""

    SENTENCE: ClassVar[str] = "At least one batch must have been received."

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        present = self.delivery.get("received_batches", 0) > 0
        return {"success": present, "result": {"observed_value": present}}


class ExpectTableBatchesToBeComplete(Told, DeliveryExpectation):
    """Expect every announced batch of the table to have been received, and all to have announced the same number."""

    SENTENCE: ClassVar[str] = "Every batch that was announced must have been received."

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        expected = self.delivery.get("expected_batches", 0)
        received = self.delivery.get("received_batches", 0)
        totals = self.delivery.get("conflicting_totals", [])
        missing = [f"batch {number}" for number in self.delivery.get("missing_batches", [])]
        observed = {"received": received, "conflicting_totals": totals}
        success = received >= expected and not totals
        return judged(expected, max(0, expected - received), success, missing[:20], observed_value=observed)


class ExpectColumnValuesToBeCastable(Told, DeliveryExpectation):
    """Expect the values that were sent to have been readable as the column's type."""

    SENTENCE: ClassVar[str] = "values must have been readable as $type_, at least a share of $mostly of them."
    column: str
    type_: str
    mostly: Optional[float] = 1.0
    success_keys: ClassVar[Tuple[str, ...]] = ("column", "type_", "mostly")
    args_keys: ClassVar[Tuple[str, ...]] = ("column", "type_")

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        rows = metrics["table.row_count"]
        found = self.delivery.get("columns", {}).get(self.column, {})
        count = found.get("uncastable", 0)
        success = rows == 0 or (rows - count) / rows >= self.mostly
        return judged(rows, count, success, found.get("examples", []) if not success else [])
