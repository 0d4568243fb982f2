-- Tables for the answers of `./hydrant demo --sql`, each a stream that holds every change of its answer: the job writes
-- the changes, and who selects from a table gets the rows that hold now, and then each change of them.
-- Streams of LocalStack, of one shard. The changes of a row are in order, since they have one partition key.
CREATE TABLE busiest_airports (
  place BIGINT,
  airport STRING,
  flights BIGINT
) PARTITIONED BY (place) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/hydrant-demo-busiest-airports',
  'aws.endpoint' = 'http://localhost:4566',
  'aws.credentials.provider' = 'BASIC',
  'aws.credentials.basic.accesskeyid' = 'test',
  'aws.credentials.basic.secretkey' = 'test',
  'source.init.position' = 'TRIM_HORIZON',
  'sink.order' = 'PARTITION_KEY',
  'sink.flush-buffer.timeout' = '500',
  'format' = 'debezium-json'
);

CREATE TABLE latest_carriers (
  place BIGINT,
  carrier STRING,
  flights BIGINT,
  minutes_late DOUBLE
) PARTITIONED BY (place) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/hydrant-demo-latest-carriers',
  'aws.endpoint' = 'http://localhost:4566',
  'aws.credentials.provider' = 'BASIC',
  'aws.credentials.basic.accesskeyid' = 'test',
  'aws.credentials.basic.secretkey' = 'test',
  'source.init.position' = 'TRIM_HORIZON',
  'sink.order' = 'PARTITION_KEY',
  'sink.flush-buffer.timeout' = '500',
  'format' = 'debezium-json'
);

CREATE TABLE departures_by_day (
  flown_on STRING,
  departed BIGINT,
  cancelled BIGINT
) PARTITIONED BY (flown_on) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:us-east-1:000000000000:stream/hydrant-demo-departures-by-day',
  'aws.endpoint' = 'http://localhost:4566',
  'aws.credentials.provider' = 'BASIC',
  'aws.credentials.basic.accesskeyid' = 'test',
  'aws.credentials.basic.secretkey' = 'test',
  'source.init.position' = 'TRIM_HORIZON',
  'sink.order' = 'PARTITION_KEY',
  'sink.flush-buffer.timeout' = '500',
  'format' = 'debezium-json'
);
