// What a producer in JavaScript does with Firehose and Kinesis; the endpoint is the only argument.
import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from "@aws-sdk/client-firehose";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";

const settings = { endpoint: process.argv[2], region: "eu-west-1", maxAttempts: 1 };
const firehose = new FirehoseClient(settings);
const kinesis = new KinesisClient(settings);
const bytes = (text) => new TextEncoder().encode(text);
const DeliveryStreamName = "orders";
const results = {};

const one = await firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: bytes("js one ä") } }));
results.one = one.RecordId.length > 0;
const batch = await firehose.send(
  new PutRecordBatchCommand({
    DeliveryStreamName,
    Records: ["js a", "js b"].map((text) => ({ Data: bytes(text) })),
  }),
);
results.failed = batch.FailedPutCount;
results.records = batch.RequestResponses.length;
const described = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }));
results.status = described.DeliveryStreamDescription.DeliveryStreamStatus;
results.names = (await firehose.send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames;
const put = await kinesis.send(
  new PutRecordsCommand({ StreamName: "orders-in", Records: [{ PartitionKey: "k", Data: bytes("js kinesis") }] }),
);
results.sequence = put.Records[0].SequenceNumber.length > 0;
try {
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: "nosuch", Record: { Data: bytes("x") } }));
} catch (error) {
  results.error = error.name;
}
console.log(JSON.stringify(results));
