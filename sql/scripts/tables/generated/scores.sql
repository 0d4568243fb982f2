-- Table `scores`: points that players make in games, as they make them.
-- Made up by Flink's generator: 3,000 rows in 30 seconds, then the end, which closes all windows. Its clock runs 300 times as fast as ours.
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE scores_generator (
  n BIGINT, -- 1, 2, 3 …
  player_number INT,
  game_number INT,
  region_number INT,
  points INT,
  scored AS TO_TIMESTAMP_LTZ(1767225600000 + n * 3000 - lateness, 3),
  lateness INT, -- milliseconds
  WATERMARK FOR scored AS scored - INTERVAL '10' SECOND
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '100',
  'fields.n.kind' = 'sequence',
  'fields.n.start' = '1',
  'fields.n.end' = '3000',
  'fields.player_number.min' = '1',
  'fields.player_number.max' = '50',
  'fields.game_number.min' = '1',
  'fields.game_number.max' = '3',
  'fields.region_number.min' = '1',
  'fields.region_number.max' = '2',
  'fields.points.min' = '1',
  'fields.points.max' = '100',
  'fields.lateness.min' = '0',
  'fields.lateness.max' = '9000'
);

CREATE VIEW scores AS
SELECT
  'player-' || CAST(player_number AS STRING) AS player,
  CAST(ELT(game_number, 'chess', 'go', 'poker') AS STRING) AS game,
  CAST(ELT(region_number, 'eu', 'us') AS STRING) AS region,
  points,
  scored
FROM scores_generator;
