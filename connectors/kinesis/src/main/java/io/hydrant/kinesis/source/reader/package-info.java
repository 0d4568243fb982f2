/**
 * Reads shards on a few threads per task. {@link io.hydrant.kinesis.source.reader.ShardPace}
 * decides when and how much to read of each, {@link
 * io.hydrant.kinesis.source.reader.PollingShardReader} reads.
 */
package io.hydrant.kinesis.source.reader;
