-- How many flights left each airport in each hour, and how late?
-- Table: flights. By scheduled departure; cancelled flights are counted apart. Rows come once, an hour after the hour by
-- the flights' clock. State: the open hours.
SELECT
  window_start,
  origin,
  COUNT(dep_delay) AS departed,
  COUNT(*) - COUNT(dep_delay) AS cancelled,
  ROUND(AVG(CAST(dep_delay AS DOUBLE)), 1) AS minutes_late
FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(event_time), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, origin;
