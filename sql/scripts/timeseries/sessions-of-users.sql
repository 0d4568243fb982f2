-- How long are users there, and how much do they do, if more than two minutes without a request end a visit?
-- Table: requests. Session windows. A visit's row comes once, when it is over; what comes later than the watermark waits
-- is left out. State: the visits that are not over.
SELECT
  user_id,
  window_start AS first_request,
  TIMESTAMPDIFF(SECOND, window_start, window_end) - 120 AS seconds,
  COUNT(*) AS requests,
  COUNT(DISTINCT service) AS services
FROM TABLE(
  SESSION(TABLE requests PARTITION BY user_id, DESCRIPTOR(requested), INTERVAL '2' MINUTES)
)
GROUP BY user_id, window_start, window_end;
