-- How many flights have left each airport, counted on as hours come into the lake?
-- Reads what serving/departures-to-iceberg.sql has put there, then what every commit adds, within ten seconds of it, and
-- does not end. Only rows that are added are seen: it is for tables that nobody updates or deletes from. Catalog, bucket
-- and jars are those of that script. State: a count for each airport.
SET 'sql-client.execution.result-mode' = 'tableau';

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

SELECT airport, SUM(departed) AS departed, MAX(hour_begin) AS until
FROM lake.air.departures /*+ OPTIONS('streaming' = 'true', 'monitor-interval' = '10s') */
GROUP BY airport;
