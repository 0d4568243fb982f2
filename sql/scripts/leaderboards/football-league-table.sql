-- What is the table of each football league?
-- Table: match_results. Three points for a win, one for a draw; equal points are ordered by goal difference, then by goals, then
-- by name (real leagues have more rules, each its own). A season begins in July. A match without a result was put off and
-- does not count. Revised match by match. State: one line for each club and season.
CREATE TEMPORARY VIEW sides AS
SELECT
  YEAR(`date`) - CASE WHEN MONTH(`date`) < 7 THEN 1 ELSE 0 END AS season,
  division, home_team AS team, home_score AS goals, away_score AS against
FROM match_results
WHERE home_score IS NOT NULL AND away_score IS NOT NULL
UNION ALL
SELECT
  YEAR(`date`) - CASE WHEN MONTH(`date`) < 7 THEN 1 ELSE 0 END AS season,
  division, away_team AS team, away_score AS goals, home_score AS against
FROM match_results
WHERE home_score IS NOT NULL AND away_score IS NOT NULL;

SELECT season, division, place, team, played, won, drawn, lost, goals, against, points
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY season, division
      ORDER BY points DESC, difference DESC, goals DESC, team
    ) AS place
  FROM (
    SELECT
      season,
      division,
      team,
      COUNT(*) AS played,
      COUNT(*) FILTER (WHERE goals > against) AS won,
      COUNT(*) FILTER (WHERE goals = against) AS drawn,
      COUNT(*) FILTER (WHERE goals < against) AS lost,
      SUM(goals) AS goals,
      SUM(against) AS against,
      SUM(goals - against) AS difference,
      SUM(CASE WHEN goals > against THEN 3 WHEN goals = against THEN 1 ELSE 0 END) AS points
    FROM sides
    GROUP BY season, division, team
  )
)
WHERE place <= 30;
