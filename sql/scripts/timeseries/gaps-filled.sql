-- How many requests a minute, with a row for the minutes that had none?
-- Table: requests. A service is known for five minutes after its last request; so long its silent minutes have a row, with
-- 0 requests and the latency of its last request carried on. Rows come once; what comes later than the watermark waits is
-- left out. State: the requests of five minutes.
SELECT
  window_end - INTERVAL '1' MINUTE AS minute_begin,
  service,
  COUNT(*) FILTER (
    WHERE CAST(requested AS TIMESTAMP(3)) >= window_end - INTERVAL '1' MINUTE
  ) AS requests,
  -- The latest of the window: its time and its latency in one number of which the greatest wins.
  MOD(MAX(UNIX_TIMESTAMP(CAST(requested AS STRING)) * 1000000 + latency_ms), 1000000) AS last_latency_ms
FROM TABLE(HOP(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE, INTERVAL '5' MINUTES))
GROUP BY window_start, window_end, service;
