-- Who has risen and who has fallen since the minute before?
-- Table: scores. The places of each minute, and how many places up (+) or down (-) from the minute before; NULL for a
-- player who had no place then. Rows are never revised; points that come later than the watermark waits are left out.
-- State: the minutes that are still open, and the last place of each player.
SELECT window_start, place, player, points, last_place - place AS places_up
FROM (
  SELECT
    window_start,
    place,
    player,
    points,
    CASE
      WHEN LAG(window_end) OVER minutes = window_start THEN LAG(place) OVER minutes
    END AS last_place
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY points DESC, player) AS place
    FROM (
      SELECT window_start, window_end, window_time, player, SUM(points) AS points
      FROM TABLE(TUMBLE(TABLE scores, DESCRIPTOR(scored), INTERVAL '1' MINUTE))
      GROUP BY window_start, window_end, window_time, player
    )
  )
  WHERE place <= 100
  WINDOW minutes AS (PARTITION BY player ORDER BY window_time)
);
