-- Table `flights`: flights that leave New York City, in the form of those of 2013 that `./hydrant replay flights` puts into a stream.
-- Made up by Flink's generator: 3,000 rows in 30 seconds, then the end, which closes all windows. Its clock runs 12000 times as fast as ours.
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE flights_generator (
  n BIGINT, -- 1, 2, 3 …
  carrier_number INT,
  origin_number INT,
  dest_number INT,
  dep_delay INT,
  late INT,
  event_time AS TO_TIMESTAMP_LTZ(1767225600000 + n * 120000 - lateness, 3),
  lateness INT, -- milliseconds
  WATERMARK FOR event_time AS event_time - INTERVAL '1' HOUR
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '100',
  'fields.n.kind' = 'sequence',
  'fields.n.start' = '1',
  'fields.n.end' = '3000',
  'fields.carrier_number.min' = '1',
  'fields.carrier_number.max' = '4',
  'fields.origin_number.min' = '1',
  'fields.origin_number.max' = '3',
  'fields.dest_number.min' = '1',
  'fields.dest_number.max' = '6',
  'fields.dep_delay.min' = '-10',
  'fields.dep_delay.max' = '90',
  'fields.dep_delay.null-rate' = '0.02',
  'fields.late.min' = '-15',
  'fields.late.max' = '20',
  'fields.lateness.min' = '0',
  'fields.lateness.max' = '1800000'
);

CREATE VIEW flights AS
SELECT
  'flight-' || CAST(n AS STRING) AS id,
  CAST(ELT(carrier_number, 'AA', 'B6', 'DL', 'UA') AS STRING) AS carrier,
  CAST(ELT(origin_number, 'EWR', 'JFK', 'LGA') AS STRING) AS origin,
  CAST(ELT(dest_number, 'ATL', 'BOS', 'LAX', 'MIA', 'ORD', 'SFO') AS STRING) AS dest,
  dep_delay,
  dep_delay + late AS arr_delay,
  event_time
FROM flights_generator;
