-- Who are the ten players with the most points of all time?
-- Table: scores. The rows are revised as points come in: a row of a rank replaces the one before. Late points count as
-- any others. State: one sum for each player.
SELECT place, player, points
FROM (
  SELECT
    player,
    points,
    ROW_NUMBER() OVER (ORDER BY points DESC, player) AS place
  FROM (SELECT player, SUM(points) AS points FROM scores GROUP BY player)
)
WHERE place <= 10;
