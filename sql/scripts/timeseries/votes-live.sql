-- Who leads in each district, and by how much, as the votes come in?
-- Table: votes. A vote that was sent twice counts once, with what was cast last. Revised vote by vote; votes that come late
-- count as any others. State: one line for each vote.
CREATE TEMPORARY VIEW counted AS
SELECT district, candidate, COUNT(*) AS votes
FROM (
  SELECT
    district, candidate,
    ROW_NUMBER() OVER (PARTITION BY vote_id ORDER BY cast_at DESC) AS attempt
  FROM votes
)
WHERE attempt = 1
GROUP BY district, candidate;

SELECT district, place, candidate, votes, percentage
FROM (
  SELECT
    c.district,
    c.candidate,
    c.votes,
    ROUND(100E0 * c.votes / t.votes, 1) AS percentage,
    ROW_NUMBER() OVER (PARTITION BY c.district ORDER BY c.votes DESC, c.candidate) AS place
  FROM counted AS c
  JOIN (SELECT district, SUM(votes) AS votes FROM counted GROUP BY district) AS t
    ON t.district = c.district
)
WHERE place <= 10;
