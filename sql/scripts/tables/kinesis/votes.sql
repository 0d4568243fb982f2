-- Table `votes`: votes as polling stations send them; a station that is not sure sends a vote again.
-- A Kinesis stream of JSON records, here on LocalStack. On AWS: put your stream's ARN in its place, and take out the
-- four options aws.* (then the default credentials and the endpoint of the ARN's region count).
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE votes (
  vote_id STRING,
  district STRING,
  candidate STRING,
  cast_at TIMESTAMP_LTZ(3),
  shard STRING METADATA FROM 'shard-id' VIRTUAL,
  arrived TIMESTAMP_LTZ(3) METADATA FROM 'arrival-timestamp' VIRTUAL,
  WATERMARK FOR cast_at AS cast_at - INTERVAL '30' SECOND
) PARTITIONED BY (vote_id) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/votes',
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
