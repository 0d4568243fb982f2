-- What latency did half, nine in ten and ninety-nine in a hundred requests stay under, each minute?
-- Table: requests. Exact percentiles, interpolated between the two nearest values. Rows come once; what comes later than
-- the watermark waits is left out. State: the latencies of the open minutes.
SELECT
  window_start,
  service,
  ROUND(PERCENTILE(latency_ms, 0.5), 2) AS p50,
  ROUND(PERCENTILE(latency_ms, 0.9), 2) AS p90,
  ROUND(PERCENTILE(latency_ms, 0.99), 2) AS p99
FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, service;
