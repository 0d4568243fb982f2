-- How many requests did each service answer in each minute, how many failed, and how long did they take?
-- Table: requests. Tumbling windows: each request counts in one minute. Rows come once; what comes later than the
-- watermark waits (10 seconds) is left out. State: the minutes that are still open.
SELECT
  window_start,
  service,
  COUNT(*) AS requests,
  COUNT(*) FILTER (WHERE status >= 500) AS failed,
  ROUND(AVG(CAST(latency_ms AS DOUBLE)), 1) AS latency_ms
FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, service;
