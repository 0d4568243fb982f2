-- Which services fail: in which minutes did more than one request in ten fail, of ten or more?
-- Table: requests. Rows come once for each bad minute; what comes later than the watermark waits is left out. State: the
-- counts of the open minutes.
SELECT
  window_start,
  service,
  failed,
  requests,
  ROUND(100E0 * failed / requests, 1) AS percentage
FROM (
  SELECT
    window_start,
    service,
    COUNT(*) AS requests,
    COUNT(*) FILTER (WHERE status >= 500) AS failed
  FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, service
)
WHERE requests >= 10 AND failed * 10 > requests;
