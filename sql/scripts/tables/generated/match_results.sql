-- Table `match_results`: results of football matches, as vega-datasets has them (football.json).
-- Made up by Flink's generator: 3,000 rows in 30 seconds, then the end, which closes all windows.
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE matches_generator (
  n BIGINT, -- 1, 2, 3 …
  division_number INT,
  home INT,
  away INT,
  home_score INT,
  away_score INT
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '100',
  'fields.n.kind' = 'sequence',
  'fields.n.start' = '1',
  'fields.n.end' = '3000',
  'fields.division_number.min' = '1',
  'fields.division_number.max' = '2',
  'fields.home.min' = '1',
  'fields.home.max' = '10',
  'fields.away.min' = '1',
  'fields.away.max' = '9',
  'fields.home_score.min' = '0',
  'fields.home_score.max' = '4',
  'fields.away_score.min' = '0',
  'fields.away_score.max' = '3'
);

CREATE VIEW match_results AS
SELECT
  CAST(DATE '2026-08-01' + CAST(n / 30 AS INT) * INTERVAL '1' DAY AS DATE) AS `date`,
  CAST(ELT(division_number, 'First', 'Second') AS STRING) AS division,
  'Team ' || CAST(home AS STRING) AS home_team,
  'Team ' || CAST(1 + MOD(home + away - 1, 10) AS STRING) AS away_team,
  home_score,
  away_score
FROM matches_generator;
