-- How many requests, and how many different users, has each service had today by now, told every ten minutes?
-- Table: requests. Cumulative windows, which begin anew at midnight. Rows come once; what comes later than the watermark
-- waits is left out. State: the counts and the users of a day.
SELECT
  CAST(window_start AS DATE) AS `day`,
  window_end AS as_of,
  service,
  COUNT(*) AS requests,
  COUNT(DISTINCT user_id) AS users
FROM TABLE(
  CUMULATE(TABLE requests, DESCRIPTOR(requested), INTERVAL '10' MINUTES, INTERVAL '1' DAY)
)
GROUP BY window_start, window_end, service;
