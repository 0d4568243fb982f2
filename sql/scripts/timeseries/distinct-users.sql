-- How many different users did each service have, each hour?
-- Table: requests. Exact. Rows come once; what comes later than the watermark waits is left out. State: the users of the
-- open hours.
SELECT
  window_start,
  service,
  COUNT(DISTINCT user_id) AS users,
  COUNT(DISTINCT user_id) FILTER (WHERE status >= 500) AS users_with_failures
FROM TABLE(TUMBLE(TABLE requests, DESCRIPTOR(requested), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, service;
