-- Table `requests`: requests that services answered.
-- Made up by Flink's generator: 3,000 rows in 30 seconds, then the end, which closes all windows. Its clock runs 100 times as fast as ours.
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE requests_generator (
  n BIGINT, -- 1, 2, 3 …
  service_number INT,
  user_number INT,
  luck INT,
  latency_ms INT,
  requested AS TO_TIMESTAMP_LTZ(1767225600000 + n * 1000 - lateness, 3),
  lateness INT, -- milliseconds
  WATERMARK FOR requested AS requested - INTERVAL '10' SECOND
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '100',
  'fields.n.kind' = 'sequence',
  'fields.n.start' = '1',
  'fields.n.end' = '3000',
  'fields.service_number.min' = '1',
  'fields.service_number.max' = '3',
  'fields.user_number.min' = '1',
  'fields.user_number.max' = '200',
  'fields.luck.min' = '1',
  'fields.luck.max' = '100',
  'fields.latency_ms.min' = '5',
  'fields.latency_ms.max' = '500',
  'fields.lateness.min' = '0',
  'fields.lateness.max' = '9000'
);

CREATE VIEW requests AS
SELECT
  CAST(ELT(service_number, 'cart', 'login', 'search') AS STRING) AS service,
  'user-' || CAST(user_number AS STRING) AS user_id,
  CASE WHEN luck <= 10 THEN 500 WHEN luck <= 15 THEN 404 ELSE 200 END AS status,
  latency_ms,
  requested
FROM requests_generator;
