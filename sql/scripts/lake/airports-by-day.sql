-- Which airport lost the largest share of its flights on each day that the lake holds?
-- Reads what serving/departures-to-iceberg.sql puts there, as it is at this moment, and ends. With a day in WHERE it reads
-- the files of that day alone. Catalog, bucket and jars are those of that script.
SET 'execution.runtime-mode' = 'batch';
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

SELECT flown_on, airport, cancelled, departed
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY flown_on
      ORDER BY CAST(cancelled AS DOUBLE) / (cancelled + departed) DESC, airport) AS place
  FROM (
    SELECT flown_on, airport, SUM(cancelled) AS cancelled, SUM(departed) AS departed
    FROM lake.air.departures
    GROUP BY flown_on, airport
  )
)
WHERE place = 1;
