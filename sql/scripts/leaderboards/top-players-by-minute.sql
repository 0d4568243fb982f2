-- Who were the three best players of each minute?
-- Table: scores. A minute's rows come once, when its time has passed, and are never revised. Points that come later than
-- the watermark waits (10 seconds) are left out. State: the minutes that are still open.
SELECT window_start, place, player, points
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY points DESC, player) AS place
  FROM (
    SELECT window_start, window_end, player, SUM(points) AS points
    FROM TABLE(TUMBLE(TABLE scores, DESCRIPTOR(scored), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, player
  )
)
WHERE place <= 3;
