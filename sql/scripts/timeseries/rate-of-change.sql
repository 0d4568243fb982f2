-- By how much did the number of requests change against the minute before?
-- Table: requests. A minute without requests counts as none, so the change is against the clock's last minute and not the
-- last one that had any. NULL percent where there was nothing before. Rows come once. State: a count for each service.
SELECT
  window_start,
  service,
  requests,
  requests - before AS change,
  CASE WHEN before > 0 THEN ROUND(100E0 * (requests - before) / before, 1) END AS percentage
FROM (
  SELECT
    window_start,
    service,
    requests,
    CASE WHEN LAG(window_end) OVER minutes = window_start THEN LAG(requests) OVER minutes ELSE 0 END AS before
  FROM (
    SELECT window_start, window_end, window_time, service, COUNT(*) AS requests
    FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, window_time, service
  )
  WINDOW minutes AS (PARTITION BY service ORDER BY window_time)
);
