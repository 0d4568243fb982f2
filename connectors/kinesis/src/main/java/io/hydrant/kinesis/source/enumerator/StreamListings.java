package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Lists streams one after the other, so that the calls under way stay one however many there are;
 * the failure of one keeps none from being listed.
 */
final class StreamListings {

    private final StreamApi api;

    StreamListings(StreamApi api) {
        this.api = api;
    }

    /**
     * What a listing came to.
     *
     * @param asked what was asked for
     * @param listing the answer, or null
     * @param error why there is none, or null
     */
    record Answer(
            FollowedStream stream,
            ShardSelection asked,
            ShardListing listing,
            RuntimeException error) {}

    /** Lists each of the streams once. */
    List<Answer> of(Collection<FollowedStream> streams) {
        List<Answer> answers = new ArrayList<>(streams.size());
        for (FollowedStream stream : streams) {
            answers.add(list(stream));
        }
        return answers;
    }

    private Answer list(FollowedStream stream) {
        ShardSelection asked = stream.nextSelection();
        try {
            return new Answer(stream, asked, api.listShards(stream.stream(), asked), null);
        } catch (RuntimeException e) {
            return new Answer(stream, asked, null, e);
        }
    }
}
