-- Table `scores`: points that players make in games, as they make them.
-- A Kinesis stream of JSON records, here on LocalStack. On AWS: put your stream's ARN in its place, and take out the
-- four options aws.* (then the default credentials and the endpoint of the ARN's region count).
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE scores (
  player STRING,
  game STRING,
  region STRING,
  points INT,
  scored TIMESTAMP_LTZ(3), -- when, by the game's clock
  shard STRING METADATA FROM 'shard-id' VIRTUAL,
  arrived TIMESTAMP_LTZ(3) METADATA FROM 'arrival-timestamp' VIRTUAL,
  WATERMARK FOR scored AS scored - INTERVAL '10' SECOND
) PARTITIONED BY (player) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/scores',
  'aws.endpoint' = 'http://localhost:4566',
  'aws.credentials.provider' = 'BASIC',
  'aws.credentials.basic.accesskeyid' = 'test',
  'aws.credentials.basic.secretkey' = 'test',
  'source.init.position' = 'TRIM_HORIZON',
  -- A shard to which nothing comes holds no window up for longer than this.
  'scan.watermark.idle-timeout' = '30 s',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);
