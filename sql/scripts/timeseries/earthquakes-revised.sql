-- How many earthquakes were there each day, and how strong was the strongest, by what is known now?
-- Table: quakes. Seismologists revise an earthquake for days: where and when and how strong it was. Of each id the message
-- that was updated last counts, whichever order they come in, and the days' rows are revised for as long as that goes on;
-- a window that closes would have to choose what to leave out. State: the last message of each earthquake.
SELECT
  CAST(occurred AS DATE) AS `day`,
  COUNT(*) AS earthquakes,
  COUNT(*) FILTER (WHERE magnitude >= 4.5) AS strong,
  MAX(magnitude) AS strongest
FROM (
  SELECT
    id, occurred, magnitude,
    ROW_NUMBER() OVER (PARTITION BY id ORDER BY updated DESC) AS revision
  FROM quakes
)
WHERE revision = 1
GROUP BY CAST(occurred AS DATE);
