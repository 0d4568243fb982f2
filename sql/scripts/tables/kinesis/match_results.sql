-- Table `match_results`: results of football matches, as vega-datasets has them (football.json).
-- A Kinesis stream of JSON records, here on LocalStack. On AWS: put your stream's ARN in its place, and take out the
-- four options aws.* (then the default credentials and the endpoint of the ARN's region count).
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE match_results (
  `date` DATE,
  division STRING,
  home_team STRING,
  away_team STRING,
  home_score INT,
  away_score INT,
  shard STRING METADATA FROM 'shard-id' VIRTUAL,
  arrived TIMESTAMP_LTZ(3) METADATA FROM 'arrival-timestamp' VIRTUAL
) PARTITIONED BY (division) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/match_results',
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
