-- Which place has player-7 in each game, and who are the two above and the two below?
-- Table: scores; put another player in to ask for another. Among the first thousand of a game. Revised as points come in.
-- State: one sum for each player and game, and the thousand.
CREATE TEMPORARY VIEW places AS
SELECT
  game,
  -- A player who moves holds two places for a moment. Left as it is, Flink would take the name for a key and lose one.
  player || '' AS player,
  points,
  place
FROM (
  SELECT
    game,
    player,
    points,
    ROW_NUMBER() OVER (PARTITION BY game ORDER BY points DESC, player) AS place
  FROM (SELECT game, player, SUM(points) AS points FROM scores GROUP BY game, player)
)
WHERE place <= 1000;

SELECT near.game, near.place, near.player, near.points
FROM places AS me
JOIN places AS near
  ON near.game = me.game AND near.place BETWEEN me.place - 2 AND me.place + 2
WHERE me.player = 'player-7';
