package io.hydrant.delivery.ledger;

/** A shard of a stream; shard ids repeat from stream to stream. */
record ShardName(String stream, String shard) implements Comparable<ShardName> {

    @Override
    public int compareTo(ShardName other) {
        int byStream = stream.compareTo(other.stream);
        return byStream != 0 ? byStream : shard.compareTo(other.shard);
    }

    @Override
    public String toString() {
        return stream + "/" + shard;
    }
}
