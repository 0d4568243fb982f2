-- Table `flights`: flights that left New York City in 2013, as \`./hydrant replay flights\` puts them into a stream.
-- A Kinesis stream of JSON records, here on LocalStack. On AWS: put your stream's ARN in its place, and take out the
-- four options aws.* (then the default credentials and the endpoint of the ARN's region count).
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE flights (
  id STRING,
  carrier STRING,
  origin STRING,
  dest STRING,
  dep_delay INT, -- minutes; null for a flight that was cancelled
  arr_delay INT,
  event_time TIMESTAMP_LTZ(3), -- scheduled departure
  shard STRING METADATA FROM 'shard-id' VIRTUAL,
  arrived TIMESTAMP_LTZ(3) METADATA FROM 'arrival-timestamp' VIRTUAL,
  WATERMARK FOR event_time AS event_time - INTERVAL '1' HOUR
) PARTITIONED BY (id) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/flights',
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
