-- How many flights left each airport in each hour, for whoever asks the lake later, by Athena, Trino, Spark or DuckDB?
-- Table: flights. The hours as rows of a table of Iceberg, in a partition for each day, which is made if it is not there.
-- An hour's rows come an hour after it by the flights' clock, with the checkpoint that follows; each once, where the job
-- goes on from its last checkpoint or from a savepoint. Two questions to this table are in the folder lake.
-- Here the catalog is a file of SQLite and the bucket one of LocalStack; on AWS put 'catalog-type' = 'glue' in place of
-- catalog-impl and uri, and take client.region, http-client.type and the options s3.* out.
-- Needs Iceberg's jars beside the bundle (README). State: the open hours.
SET 'execution.checkpointing.interval' = '10 s';

CREATE CATALOG lake WITH (
  'type' = 'iceberg',
  'catalog-impl' = 'org.apache.iceberg.jdbc.JdbcCatalog',
  'uri' = 'jdbc:sqlite:file:/tmp/hydrant-lake.db',
  'warehouse' = 's3://analytics/lake',
  'io-impl' = 'org.apache.iceberg.aws.s3.S3FileIO',
  's3.endpoint' = 'http://localhost:4566',
  's3.path-style-access' = 'true',
  's3.access-key-id' = 'test',
  's3.secret-access-key' = 'test',
  'client.region' = 'us-east-1',
  'http-client.type' = 'urlconnection'
);

CREATE DATABASE IF NOT EXISTS lake.air;

CREATE TABLE IF NOT EXISTS lake.air.departures (
  hour_begin TIMESTAMP(6),
  airport STRING,
  departed BIGINT,
  cancelled BIGINT,
  minutes_late DOUBLE,
  flown_on DATE
) PARTITIONED BY (flown_on) WITH (
  'format-version' = '2',
  'write.parquet.compression-codec' = 'zstd'
);

INSERT INTO lake.air.departures
SELECT
  window_start,
  origin,
  COUNT(dep_delay),
  COUNT(*) - COUNT(dep_delay),
  ROUND(AVG(CAST(dep_delay AS DOUBLE)), 1),
  CAST(window_start AS DATE)
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, origin;
