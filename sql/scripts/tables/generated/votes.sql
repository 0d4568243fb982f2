-- Table `votes`: votes as polling stations send them; a station that is not sure sends a vote again.
-- Made up by Flink's generator: 3,000 rows in 30 seconds, then the end, which closes all windows. Its clock runs 300 times as fast as ours.
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE votes_generator (
  n BIGINT, -- 1, 2, 3 …
  vote_number INT,
  cast_at AS TO_TIMESTAMP_LTZ(1767225600000 + n * 3000 - lateness, 3),
  lateness INT, -- milliseconds
  WATERMARK FOR cast_at AS cast_at - INTERVAL '30' SECOND
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '100',
  'fields.n.kind' = 'sequence',
  'fields.n.start' = '1',
  'fields.n.end' = '3000',
  'fields.vote_number.min' = '1',
  'fields.vote_number.max' = '2500',
  'fields.lateness.min' = '0',
  'fields.lateness.max' = '9000'
);

CREATE VIEW votes AS
SELECT
  'vote-' || CAST(vote_number AS STRING) AS vote_id,
  CAST(ELT(1 + MOD(vote_number, 4), 'north', 'east', 'south', 'west') AS STRING) AS district,
  -- A vote that is sent again is the same vote.
  CAST(ELT(1 + MOD(vote_number * 7, 11) / 4, 'ada', 'ben', 'cleo') AS STRING) AS candidate,
  cast_at
FROM votes_generator;
