-- Who were the three best players of each minute, for whoever reads the stream top-players?
-- Table: scores. A minute's ranking is three records, once, when its time has passed; what reads them may see one again
-- after a restart, and tells by minute and place. The records of a minute have one partition key, so they stay in order.
-- Here the stream is one of LocalStack; on AWS put your stream's ARN in, and take the options aws.* out.
-- State: the minutes that are still open.
SET 'execution.checkpointing.interval' = '10 s';

CREATE TABLE top_players_by_minute (
  minute_begin TIMESTAMP(3),
  place BIGINT,
  player STRING,
  points INT
) PARTITIONED BY (minute_begin) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/top-players',
  'aws.endpoint' = 'http://localhost:4566',
  'aws.credentials.provider' = 'BASIC',
  'aws.credentials.basic.accesskeyid' = 'test',
  'aws.credentials.basic.secretkey' = 'test',
  'sink.order' = 'PARTITION_KEY',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

INSERT INTO top_players_by_minute
SELECT window_start, place, player, points
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY points DESC, player) AS place
  FROM (
    SELECT window_start, window_end, player, SUM(points) AS points
    FROM TABLE(TUMBLE(TABLE scores, DESCRIPTOR(scored), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, player
  )
)
WHERE place <= 3;
