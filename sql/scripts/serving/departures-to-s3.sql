-- How many flights left each airport in each hour, for whoever asks Athena or DuckDB later?
-- Table: flights. The hours as Parquet, in a folder for each day, each row once, also over restarts. An hour's rows come
-- an hour after it by the flights' clock, and into an object that is a minute old or 64 MB large, whichever is first.
-- Here the bucket is one of LocalStack; on AWS take the options aws.endpoint and aws.credentials.* out.
-- State: the open hours.
SET 'execution.checkpointing.interval' = '10 s';

CREATE TABLE departures (
  hour_begin TIMESTAMP(3),
  airport STRING,
  departed BIGINT,
  cancelled BIGINT,
  minutes_late DOUBLE,
  flown_on DATE
) PARTITIONED BY (flown_on) WITH (
  'connector' = 'hydrant-s3',
  's3.bucket' = 'analytics',
  'delivery.prefix' = 'departures/',
  'delivery.buffer.size' = '64 mb',
  'delivery.buffer.interval' = '1 min',
  'aws.region' = 'us-east-1',
  'aws.endpoint' = 'http://localhost:4566',
  'aws.credentials.provider' = 'BASIC',
  'aws.credentials.basic.accesskeyid' = 'test',
  'aws.credentials.basic.secretkey' = 'test',
  'format' = 'parquet'
);

INSERT INTO departures
SELECT
  window_start,
  origin,
  COUNT(dep_delay),
  COUNT(*) - COUNT(dep_delay),
  ROUND(AVG(CAST(dep_delay AS DOUBLE)), 1),
  CAST(window_start AS DATE)
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, origin;
