-- Who are the ten players with the most points of all time, for an application that asks PostgreSQL?
-- Table: scores. Every place is one row that is replaced as points come in, so the application reads ten rows at the most
-- and never half a change of one. After a restart rows are written over themselves: the answer is the same as without it.
-- In PostgreSQL first: CREATE TABLE top_players (place BIGINT PRIMARY KEY, player TEXT NOT NULL, points BIGINT NOT NULL);
-- Needs Flink's JDBC connector beside the bundle (README). State: one sum for each player.
SET 'execution.checkpointing.interval' = '10 s';

CREATE TABLE top_players (
  place BIGINT,
  player STRING,
  points BIGINT,
  PRIMARY KEY (place) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://localhost:5432/postgres',
  'table-name' = 'top_players',
  'username' = 'postgres',
  'password' = 'postgres',
  'sink.buffer-flush.interval' = '1 s'
);

INSERT INTO top_players
SELECT place, player, points
FROM (
  SELECT
    player,
    points,
    ROW_NUMBER() OVER (ORDER BY points DESC, player) AS place
  FROM (SELECT player, SUM(CAST(points AS BIGINT)) AS points FROM scores GROUP BY player)
)
WHERE place <= 10;
