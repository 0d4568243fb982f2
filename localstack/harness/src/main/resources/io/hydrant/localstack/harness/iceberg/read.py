"""Answers a query over a table of Iceberg, by PyIceberg or by DuckDB; asked and answered in JSON."""

import glob
import importlib
import json
import os
import sys

import duckdb
from pyiceberg.catalog import load_catalog

ROWS = "delivered"


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


def main():
    with open(sys.argv[1], encoding="utf-8") as question:
        request = json.load(question)
    table = load_catalog(request["name"], **request["properties"]).load_table(request["table"])
    database = duckdb.connect()
    if request["reader"] == "DUCKDB":
        rows_by_duckdb(database, table, request["properties"])
    else:
        database.register(ROWS, table.scan().to_arrow())
    answers = [database.execute(query).fetchall() for query in request["queries"]]
    print(json.dumps([[[str(cell) for cell in row] for row in rows] for rows in answers]))


main()
