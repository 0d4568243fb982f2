/** Brings the metrics of delivery streams to CloudWatch, under the names that Firehose's have. */
package io.hydrant.cloudwatch;
