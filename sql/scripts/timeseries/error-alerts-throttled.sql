-- Whom to wake up, and not again every minute: the first bad minute of a service in each quarter of an hour?
-- Table: requests. A minute is bad when more than one request in ten failed, of ten or more. The alert comes with the first
-- bad minute of the quarter of an hour by the clock, at once, and the others of that quarter are silent. What comes later
-- than the watermark waits is left out. State: the counts of the open minutes, and who was alerted, for an hour.
SET 'table.exec.state.ttl' = '1 h';

SELECT window_start AS bad_minute, service, failed, requests
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY service, CAST(window_start AS DATE), HOUR(window_start), MINUTE(window_start) / 15
      ORDER BY window_time
    ) AS alert
  FROM (
    SELECT
      window_start,
      window_time,
      service,
      COUNT(*) AS requests,
      COUNT(*) FILTER (WHERE status >= 500) AS failed
    FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, window_time, service
  )
  WHERE requests >= 10 AND failed * 10 > requests
)
WHERE alert = 1;
