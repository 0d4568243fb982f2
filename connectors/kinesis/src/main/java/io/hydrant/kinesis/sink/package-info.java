/**
 * Putting records into a Kinesis stream: {@link io.hydrant.kinesis.sink.KinesisSink} for Flink
 * jobs, {@link io.hydrant.kinesis.sink.BatchPutter} for plain programs. Both put through one {@link
 * io.hydrant.kinesis.sink.PutApi}, pack and judge by the same rules, and differ only in who waits.
 */
package io.hydrant.kinesis.sink;
