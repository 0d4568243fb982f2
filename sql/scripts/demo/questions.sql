-- Which airports are flown to most, which airlines leave latest, and how many flights leave on each day?
-- What `./hydrant demo --sql` asks, as one job over the table flights, which is read once. All are revised as flights
-- come in, once a second, so that a change of a thousand flights is one change of a row.
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '1 s';
SET 'table.exec.mini-batch.size' = '5000';

EXECUTE STATEMENT SET BEGIN

INSERT INTO busiest_airports
SELECT place, airport, flights
FROM (
  SELECT *, ROW_NUMBER() OVER (ORDER BY flights DESC, airport) AS place
  FROM (SELECT dest AS airport, COUNT(dep_delay) AS flights FROM flights GROUP BY dest)
)
WHERE place <= 5;

INSERT INTO latest_carriers
SELECT place, carrier, flights, minutes_late
FROM (
  SELECT *, ROW_NUMBER() OVER (ORDER BY minutes_late DESC, carrier) AS place
  FROM (
    SELECT
      carrier,
      COUNT(dep_delay) AS flights,
      ROUND(AVG(CAST(dep_delay AS DOUBLE)), 1) AS minutes_late
    FROM flights
    GROUP BY carrier
    HAVING COUNT(dep_delay) >= 10
  )
)
WHERE place <= 5;

INSERT INTO departures_by_day
SELECT flown_on, COUNT(dep_delay), COUNT(*) - COUNT(dep_delay)
FROM (SELECT DATE_FORMAT(event_time, 'yyyy-MM-dd') AS flown_on, dep_delay FROM flights)
GROUP BY flown_on;

END;
