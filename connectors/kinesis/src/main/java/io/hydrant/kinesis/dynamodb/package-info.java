/**
 * The streams of changes of DynamoDB tables, read through the same {@link
 * io.hydrant.kinesis.stream.StreamApi} as Kinesis streams.
 */
package io.hydrant.kinesis.dynamodb;
