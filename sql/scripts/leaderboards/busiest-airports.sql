-- Which three airports did most flights go to, each day?
-- Table: flights. Cancelled flights do not count. A day's rows come once, an hour after the day by the flights' clock.
-- State: one count for each airport and open day.
SELECT day_begin, place, airport, flights
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY day_begin, day_end ORDER BY flights DESC, airport) AS place
  FROM (
    SELECT window_start AS day_begin, window_end AS day_end, dest AS airport, COUNT(*) AS flights
    FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(event_time), INTERVAL '1' DAY))
    WHERE dep_delay IS NOT NULL
    GROUP BY window_start, window_end, dest
  )
)
WHERE place <= 3;
