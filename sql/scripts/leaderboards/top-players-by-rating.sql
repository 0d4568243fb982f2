-- Who holds the ten best ratings, where equal ratings share a rank?
-- Table: scores. A player's rating is the best single score. Of 90, 80, 80, 70 the ranks are 1, 2, 2, 4 and the dense
-- ranks 1, 2, 2, 3. Flink's RANK works on no stream that goes on, so ratings are ranked instead of players: the dense rank
-- is one more than the number of better ratings, the rank one more than the number of players who hold them.
-- Revised as points come in. State: one rating for each player.
CREATE TEMPORARY VIEW ratings AS
SELECT player, MAX(points) AS rating FROM scores GROUP BY player;

CREATE TEMPORARY VIEW best_ratings AS
SELECT rating, players
FROM (
  SELECT rating, players, ROW_NUMBER() OVER (ORDER BY rating DESC) AS place
  FROM (SELECT rating, COUNT(*) AS players FROM ratings GROUP BY rating)
)
WHERE place <= 10;

SELECT r.rank_of_rating, r.dense_rank_of_rating, p.player, p.rating
FROM (
  SELECT
    mine.rating,
    1 + COALESCE(SUM(better.players), 0) AS rank_of_rating,
    1 + COUNT(better.rating) AS dense_rank_of_rating
  FROM best_ratings AS mine
  LEFT JOIN best_ratings AS better ON better.rating > mine.rating
  GROUP BY mine.rating
) AS r
JOIN ratings AS p ON p.rating = r.rating;
