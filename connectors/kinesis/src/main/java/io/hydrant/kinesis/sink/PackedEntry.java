package io.hydrant.kinesis.sink;

import io.hydrant.kinesis.stream.Shard;

/**
 * A record as it is put, and the user records inside.
 *
 * @param entry what is put
 * @param members places of the user records in the batch that was packed
 * @param predicted the shard that all of them belong to, or null where they can only land together
 */
record PackedEntry(PutEntry entry, int[] members, Shard predicted) {}
