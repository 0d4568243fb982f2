-- What was the average latency of a service over the minute before each request?
-- Table: requests. One row for each request, when the watermark has passed it, so that disorder changes nothing. What
-- comes later is left out. State: the requests of a minute.
SELECT
  requested,
  service,
  latency_ms,
  ROUND(AVG(CAST(latency_ms AS DOUBLE)) OVER last_minute, 1) AS moving_average,
  COUNT(*) OVER last_minute AS requests
FROM requests
WINDOW last_minute AS (
  PARTITION BY service
  ORDER BY requested
  RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW
);
