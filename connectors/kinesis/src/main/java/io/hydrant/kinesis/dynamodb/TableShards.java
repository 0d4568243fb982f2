package io.hydrant.kinesis.dynamodb;

import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Shard;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The shards in an answer of {@code DescribeStream}.
 *
 * <p>DynamoDB does not say which keys a shard holds; the whole key space stands for that.
 *
 * @param shards those of this page
 * @param last where the next page goes on, null if there is none
 */
record TableShards(List<Shard> shards, String last) {

    /**
     * Reads an answer.
     *
     * @throws IOException if it is no answer of DescribeStream
     */
    static TableShards read(byte[] body) throws IOException {
        List<Shard> shards = new ArrayList<>();
        String last = null;
        boolean described = false;
        try (JsonParser in = WireJson.FACTORY.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                if (in.nextToken() != JsonToken.START_OBJECT || !name.equals("StreamDescription")) {
                    in.skipChildren();
                    continue;
                }
                described = true;
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String member = in.currentName();
                    JsonToken value = in.nextToken();
                    if (member.equals("Shards") && value == JsonToken.START_ARRAY) {
                        while (in.nextToken() == JsonToken.START_OBJECT) {
                            shards.add(shard(in));
                        }
                    } else if (member.equals("LastEvaluatedShardId")) {
                        last = in.getValueAsString();
                    } else {
                        in.skipChildren();
                    }
                }
            }
        }
        if (!described) {
            throw new IOException("the answer is not one of DescribeStream");
        }
        return new TableShards(shards, last);
    }

    private static Shard shard(JsonParser in) throws IOException {
        String id = null;
        String parent = null;
        boolean closed = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (name.equals("ShardId")) {
                id = in.getValueAsString();
            } else if (name.equals("ParentShardId")) {
                parent = in.getValueAsString();
            } else if (name.equals("SequenceNumberRange") && value == JsonToken.START_OBJECT) {
                closed = hasEnd(in);
            } else {
                in.skipChildren();
            }
        }
        if (id == null) {
            throw new IOException("the answer holds a shard without ShardId");
        }
        return new Shard(
                id, parent == null ? List.of() : List.of(parent), HashKeyRange.ALL, closed);
    }

    private static boolean hasEnd(JsonParser in) throws IOException {
        boolean found = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            found |=
                    in.nextToken() == JsonToken.VALUE_STRING && name.equals("EndingSequenceNumber");
        }
        return found;
    }
}
