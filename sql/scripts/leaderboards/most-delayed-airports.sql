-- From where do flights leave latest, on average, and at which airports do they arrive latest?
-- Table: flights. Minutes late, where a flight that was early counts as such; airports with ten flights or more. Revised
-- flight by flight, so flights that come late count as any others. State: two sums for each airport.
CREATE TEMPORARY VIEW delays AS
SELECT 'departure' AS direction, origin AS airport, dep_delay AS delay FROM flights
UNION ALL
SELECT 'arrival' AS direction, dest AS airport, arr_delay AS delay FROM flights;

SELECT direction, place, airport, flights, minutes_late
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY direction ORDER BY minutes_late DESC, airport) AS place
  FROM (
    SELECT
      direction,
      airport,
      COUNT(delay) AS flights,
      ROUND(AVG(CAST(delay AS DOUBLE)), 1) AS minutes_late
    FROM delays
    GROUP BY direction, airport
    HAVING COUNT(delay) >= 10
  )
)
WHERE place <= 5;
