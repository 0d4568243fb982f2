-- Which minutes had unusually many or few requests?
-- Table: requests. The score is how many standard deviations a minute lies off the mean of the ten minutes before that had
-- requests; 3 or more is worth a look. NULL until there are five of them, and where they did not differ. Rows come once.
-- State: ten counts for each service.
SELECT
  window_start,
  service,
  requests,
  CASE WHEN minutes >= 5 AND deviation > 0 THEN ROUND((requests - mean) / deviation, 2) END AS score
FROM (
  SELECT
    window_start,
    service,
    requests,
    (COUNT(*) OVER before_too) - 1 AS minutes,
    -- Flink's windows end at the current row, which is taken out of the sums again.
    (SUM(CAST(requests AS DOUBLE)) OVER before_too - requests)
      / NULLIF((COUNT(*) OVER before_too) - 1, 0) AS mean,
    SQRT(GREATEST(0E0,
      (SUM(CAST(requests * requests AS DOUBLE)) OVER before_too - requests * requests)
        / NULLIF((COUNT(*) OVER before_too) - 1, 0)
      - POWER((SUM(CAST(requests AS DOUBLE)) OVER before_too - requests)
        / NULLIF((COUNT(*) OVER before_too) - 1, 0), 2E0))) AS deviation
  FROM (
    SELECT window_start, window_time, service, COUNT(*) AS requests
    FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, window_time, service
  )
  WINDOW before_too AS (
    PARTITION BY service
    ORDER BY window_time
    ROWS BETWEEN 10 PRECEDING AND CURRENT ROW
  )
);
