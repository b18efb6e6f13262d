"""The engines that find and first weigh the pairs worth opening: Splink on DuckDB, or on Spark once that is outgrown.

Both get the same settings. Weights are fixed where there are too few rows to learn from, and learned (expectation
maximisation) from `LEARN_FROM` rows on.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel, JaroWinklerLevel, NullLevel
from splink.comparison_library import CustomComparison

from panoh.vault.linking.settings import Engine
from panoh.vault.refusals import EngineMissing

LEARN_FROM = 20_000
MEMORY = "3GB"
PARTS = 8  # of the work, on Spark


def first_weights(table: pa.Table, *, engine: Engine, scratch: Path | None, least: float | None) -> pa.Table:
    """Return the pairs that share a key, with their first weight in bits: columns a, b, weight, in one order.

    scratch: where a temporary folder is made, readable by this process alone and gone at the end. least: pairs below
    this weight are left out; None keeps all.

    Raises:
        EngineMissing: the engine is not installed.
    """
    with _opened(engine, scratch) as api:
        linker = _linker(api, table)
        if len(table) >= LEARN_FROM:
            _learn(linker)
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never").as_pyarrow_table()
    pairs = pa.table(
        {
            "a": found["unique_id_l"].cast(pa.int64()),
            "b": found["unique_id_r"].cast(pa.int64()),
            "weight": found["match_weight"].cast(pa.float64()),
        }
    )
    return pairs.sort_by([("a", "ascending"), ("b", "ascending")])


# --- the model ---------------------------------------------------------------------------------------------------


def _linker(api: Any, table: pa.Table) -> Any:
    logging.getLogger("splink").setLevel(logging.ERROR)
    return Linker(_register(api, table), settings(len(table)), log_level=logging.ERROR)


def settings(rows: int) -> Any:
    """Return the settings of both engines: what is compared, and how likely each finding is for one person and two.

    Only names that are spelt the same are weighed by how frequent they are. Source: measured on composed lists, see
    benchmarks/RESULTS.md.
    """

    def known(level: Any, m: float, u: float, **more: Any) -> Any:
        return level.configure(m_probability=m, u_probability=u, **more)

    def name(n: str, b: str) -> Any:
        return CustomComparison(
            output_column_name=n,
            comparison_levels=[
                NullLevel(n),
                known(CustomLevel(f"{n}_l = {n}_r"), 0.62, 0.004, tf_adjustment_column=n),
                known(CustomLevel(f"{b}_l = {b}_r"), 0.18, 0.004),
                known(JaroWinklerLevel(n, 0.88), 0.1, 0.006),
                known(ElseLevel(), 0.1, 0.986),
            ],
        )

    def same(column: str, m: float, u: float) -> Any:
        levels = [
            NullLevel(column),
            known(CustomLevel(f"{column}_l = {column}_r"), m, u),
            known(ElseLevel(), 1 - m, 1 - u),
        ]
        return CustomComparison(output_column_name=column, comparison_levels=levels)

    birth = CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            CustomLevel("year_l is null or year_r is null").configure(is_null_level=True),
            known(CustomLevel("day_l = day_r"), 0.75, 0.0002),
            known(CustomLevel("day_l = swapped_r"), 0.05, 0.0002),
            known(CustomLevel("year_l = year_r"), 0.12, 0.05),
            known(CustomLevel("abs(year_l - year_r) = 1"), 0.03, 0.09),
            known(ElseLevel(), 0.05, 0.8596),
        ],
    )
    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=1 / max(rows, 2),
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
        comparisons=[name("n1", "b1"), name("n2", "b2"), birth, same("sex", 0.99, 0.5), same("place", 0.7, 0.1),
                     same("paper", 0.8, 0.0001)],
        retain_matching_columns=False,
        em_convergence=0.001,
    )  # fmt: skip


def _learn(linker: Any) -> None:
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("n1", "n2"), block_on("day", "b1")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, fix_probability_two_random_records_match=True
        )


# --- the engines -------------------------------------------------------------------------------------------------


@contextmanager
def _opened(engine: Engine, scratch: Path | None) -> Iterator[Any]:
    folder = Path(tempfile.mkdtemp(prefix="linking-", dir=scratch))  # made 0700
    try:
        with _duckdb(folder) if engine == "duckdb" else _spark(folder) as api:
            yield api
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _duckdb(folder: Path) -> Iterator[Any]:
    limits: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder),
        "threads": os.cpu_count() or 1,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=limits)
    try:
        connection.execute("SET enable_progress_bar = false")
        yield DuckDBAPI(connection)
    finally:
        connection.close()


@contextmanager
def _spark(folder: Path) -> Iterator[Any]:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  # an optional part of its own
        from splink import SparkAPI  # noqa: PLC0415
        from splink.internals.spark.jar_location import similarity_jar_location  # noqa: PLC0415
    except ImportError as error:
        raise EngineMissing(engine="spark", extra="spark") from error
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise EngineMissing(engine="spark", extra="spark")
    session = (
        SparkSession.builder.appName("panoh-linking")
        .master(os.environ.get("PANOH_SPARK_MASTER", "local[*]"))
        .config("spark.jars", similarity_jar_location())
        .config("spark.local.dir", str(folder))
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.driver.memory", "2g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(PARTS))
        .config("spark.default.parallelism", str(PARTS))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    try:
        api: Any = SparkAPI
        yield api(spark_session=session, break_lineage_method="persist", num_partitions_on_repartition=PARTS)
    finally:
        session.stop()


def _register(api: Any, table: pa.Table) -> Any:
    spark = getattr(api, "spark", None)
    if spark is None:
        return api.register(table, table_name="records")
    fields = ", ".join(f"{field.name} {_SPARK_TYPES[str(field.type)]}" for field in table.schema)
    rows = [tuple(row.values()) for row in table.to_pylist()]
    return api.register(spark.createDataFrame(rows, fields), table_name="records")


_SPARK_TYPES = {"int64": "bigint", "string": "string", "list<item: int64>": "array<bigint>"}
