-- Who is best right now, if points lose half their worth every hour?
-- Table: scores. Every ten minutes, the best five of the last six hours: points that are an hour old by then count half,
-- two hours old a quarter, and after six hours, at less than a sixty-fourth, nothing. Rows are never revised. Points that
-- come later than the watermark waits are left out. State: the points of six hours, counted in each of 36 windows.
SELECT window_end AS as_of, place, player, ROUND(worth, 3) AS worth
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY worth DESC, player) AS place
  FROM (
    SELECT
      window_start,
      window_end,
      player,
      SUM(
        points * POWER(0.5E0, TIMESTAMPDIFF(SECOND, CAST(scored AS TIMESTAMP(3)), window_end) / 3600E0)
      ) AS worth
    FROM TABLE(HOP(TABLE scores, DESCRIPTOR(scored), INTERVAL '10' MINUTES, INTERVAL '6' HOURS))
    GROUP BY window_start, window_end, player
  )
)
WHERE place <= 5;
