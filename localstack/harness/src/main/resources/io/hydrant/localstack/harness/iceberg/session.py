"""Reads and changes tables of Iceberg, by PyIceberg or by DuckDB: a request a line in JSON, an answer a line."""

import glob
import importlib
import json
import os
import sys
import traceback

# What libraries print, in Python or beneath it, must not get between the answers.
OUT = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import duckdb
import pyarrow
from pyiceberg.catalog import load_catalog
from pyiceberg.transforms import parse_transform
from pyiceberg.types import DoubleType, LongType, StringType

ROWS = "delivered"
TYPES = {"long": LongType(), "double": DoubleType(), "string": StringType()}


def extension(name):
    """The file of an extension, which is in a package of its own."""
    package = importlib.import_module("duckdb_extension_" + name)
    found = glob.glob(os.path.join(os.path.dirname(package.__file__), "**", name + ".duckdb_extension"), recursive=True)
    return found[0]


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def rows_by_duckdb(database, table, files):
    """DuckDB's own reader is given the name of the newest metadata and nothing else."""
    for name in ("avro", "httpfs", "iceberg"):
        database.execute("LOAD " + quoted(extension(name)))
    if "s3.endpoint" in files:
        secure, _, address = files["s3.endpoint"].partition("://")
        database.execute(
            "CREATE SECRET (TYPE s3, URL_STYLE 'path', REGION "
            + quoted(files["s3.region"])
            + ", KEY_ID "
            + quoted(files["s3.access-key-id"])
            + ", SECRET "
            + quoted(files["s3.secret-access-key"])
            + ", ENDPOINT "
            + quoted(address)
            + ", USE_SSL "
            + ("true" if secure == "https" else "false")
            + ")"
        )
    database.execute(
        "CREATE VIEW " + ROWS + " AS SELECT * FROM iceberg_scan(" + quoted(table.metadata_location) + ")"
    )


def query(table, request, properties):
    database = duckdb.connect()
    if request["reader"] == "DUCKDB":
        rows_by_duckdb(database, table, properties)
    else:
        rows = table.scan() if "ref" not in request else table.scan().use_ref(request["ref"])
        database.register(ROWS, rows.to_arrow())
    answers = [database.execute(each).fetchall() for each in request["queries"]]
    return [[[str(cell) for cell in row] for row in rows] for rows in answers]


def append(table, rows, **where):
    table.append(pyarrow.Table.from_pylist(rows, schema=table.schema().as_arrow()), **where)


def add_column(table, name, type):
    with table.update_schema() as update:
        update.add_column(name, TYPES[type])


def rename_column(table, name, to):
    with table.update_schema() as update:
        update.rename_column(name, to)


def drop_column(table, name):
    with table.update_schema() as update:
        update.delete_column(name)


def partition_by(table, column, transform):
    with table.update_spec() as update:
        update.add_field(column, parse_transform(transform))


def tag(table, name):
    table.manage_snapshots().create_tag(table.current_snapshot().snapshot_id, name).commit()


def branch(table, name):
    table.manage_snapshots().create_branch(table.current_snapshot().snapshot_id, name).commit()


def delete(table, filter):
    table.delete(filter)


CHANGES = {
    each.__name__: each for each in (append, add_column, rename_column, drop_column, partition_by, tag, branch, delete)
}


def main(answers):
    catalog = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if catalog is None:
                properties = request["properties"]
                catalog = load_catalog(request["name"], **properties)
                answer = None
            else:
                table = catalog.load_table(request["table"])
                if "change" in request:
                    answer = CHANGES[request["change"]](table, **request["arguments"])
                else:
                    answer = query(table, request, properties)
            said = {"answer": answer}
        except Exception:
            said = {"failure": traceback.format_exc()}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


main(OUT)
