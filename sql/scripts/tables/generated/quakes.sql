-- Table `quakes`: earthquakes in the form of the USGS' feed, revised again and again: of one id, the highest `updated` counts.
-- Made up by Flink's generator: 3,000 rows in 30 seconds, then the end, which closes all windows.
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE quakes_generator (
  n BIGINT, -- 1, 2, 3 …
  quake INT,
  tenths INT
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '100',
  'fields.n.kind' = 'sequence',
  'fields.n.start' = '1',
  'fields.n.end' = '3000',
  'fields.quake.min' = '1',
  'fields.quake.max' = '500',
  'fields.tenths.min' = '5',
  'fields.tenths.max' = '60'
);

CREATE VIEW quakes AS
SELECT
  'quake-' || CAST(quake AS STRING) AS id,
  tenths / 10E0 AS magnitude,
  'Region ' || CAST(MOD(quake, 7) AS STRING) AS place,
  TO_TIMESTAMP_LTZ(1767225600000 + quake * 1000000, 3) AS occurred,
  TO_TIMESTAMP_LTZ(1767225600000 + 600000000 + n * 60000, 3) AS updated
FROM quakes_generator;
