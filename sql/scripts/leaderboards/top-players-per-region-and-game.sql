-- Who are the three best players of each game in each region?
-- Table: scores. Revised as points come in. State: one sum for each player, game and region.
SELECT region, game, place, player, points
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY region, game ORDER BY points DESC, player) AS place
  FROM (
    SELECT region, game, player, SUM(points) AS points
    FROM scores
    GROUP BY region, game, player
  )
)
WHERE place <= 3;
