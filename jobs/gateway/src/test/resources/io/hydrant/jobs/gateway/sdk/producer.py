# What a producer in Python does with Firehose and Kinesis; the endpoint is the only argument.
import json
import sys

import boto3
from botocore.config import Config

settings = {"endpoint_url": sys.argv[1], "region_name": "eu-west-1", "config": Config(retries={"total_max_attempts": 1})}
firehose = boto3.client("firehose", **settings)
kinesis = boto3.client("kinesis", **settings)
results = {}

one = firehose.put_record(DeliveryStreamName="orders", Record={"Data": "python one ä".encode()})
results["one"] = len(one["RecordId"]) > 0
batch = firehose.put_record_batch(DeliveryStreamName="orders", Records=[{"Data": b"python a"}, {"Data": b"python b"}])
results["failed"] = batch["FailedPutCount"]
results["records"] = len(batch["RequestResponses"])
described = firehose.describe_delivery_stream(DeliveryStreamName="orders")
results["status"] = described["DeliveryStreamDescription"]["DeliveryStreamStatus"]
results["names"] = firehose.list_delivery_streams()["DeliveryStreamNames"]
put = kinesis.put_records(StreamName="orders-in", Records=[{"PartitionKey": "k", "Data": b"python kinesis"}])
results["sequence"] = len(put["Records"][0]["SequenceNumber"]) > 0
try:
    firehose.put_record(DeliveryStreamName="nosuch", Record={"Data": b"x"})
except firehose.exceptions.ResourceNotFoundException as error:
    results["error"] = error.response["Error"]["Code"]
print(json.dumps(results))
