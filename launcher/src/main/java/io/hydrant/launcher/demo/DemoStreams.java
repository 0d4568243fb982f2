package io.hydrant.launcher.demo;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackClients;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The streams of the demo in SQL, which it makes for itself and which go when it ends: one for the
 * flights, one for each answer, read here as anybody could.
 */
final class DemoStreams implements AutoCloseable {

    static final String FLIGHTS = "hydrant-demo-sql-flights";

    private static final int SHARDS = 2;

    private final KinesisClient kinesis;
    private final List<String> made = new ArrayList<>();
    private final Map<Answer, LiveAnswer> answers = new EnumMap<>(Answer.class);
    private final Map<Answer, String> iterators = new EnumMap<>(Answer.class);

    private DemoStreams(KinesisClient kinesis) {
        this.kinesis = kinesis;
    }

    /**
     * Makes them.
     *
     * @throws IOException if there is such a stream already, which is not to be touched
     */
    static DemoStreams create(LocalStack localStack) throws IOException {
        return create(localStack, true);
    }

    /**
     * Makes those of the answers alone, where the flights have a stream already.
     *
     * @throws IOException if there is such a stream already, which is not to be touched
     */
    static DemoStreams ofAnswers(LocalStack localStack) throws IOException {
        return create(localStack, false);
    }

    private static DemoStreams create(LocalStack localStack, boolean flights) throws IOException {
        DemoStreams streams = new DemoStreams(LocalStackClients.kinesis(localStack));
        boolean complete = false;
        try {
            if (flights) {
                streams.create(FLIGHTS, SHARDS, localStack);
            }
            for (Answer answer : Answer.values()) {
                streams.create(answer.stream(), 1, localStack);
                streams.follow(answer);
            }
            complete = true;
            return streams;
        } finally {
            if (!complete) {
                streams.close();
            }
        }
    }

    private void create(String stream, int shards, LocalStack localStack) throws IOException {
        try {
            kinesis.createStream(request -> request.streamName(stream).shardCount(shards));
        } catch (ResourceInUseException e) {
            throw new IOException(
                    "There is a stream "
                            + stream
                            + " at "
                            + localStack.endpoint()
                            + " already, perhaps of another run. Delete it, or unset"
                            + " HYDRANT_LOCALSTACK_ENDPOINT to have a LocalStack started for this"
                            + " command alone",
                    e);
        }
        made.add(stream);
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream));
    }

    private void follow(Answer answer) {
        String shard =
                kinesis.listShards(request -> request.streamName(answer.stream()))
                        .shards()
                        .get(0)
                        .shardId();
        answers.put(answer, new LiveAnswer(answer));
        iterators.put(
                answer,
                kinesis.getShardIterator(
                                request ->
                                        request.streamName(answer.stream())
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator());
    }

    /** Reads what has come since the last time, to the end. */
    void read() throws IOException {
        for (Answer answer : Answer.values()) {
            GetRecordsResponse page;
            do {
                String iterator = iterators.get(answer);
                page = kinesis.getRecords(request -> request.shardIterator(iterator));
                iterators.put(answer, page.nextShardIterator());
                for (Record change : page.records()) {
                    answers.get(answer).apply(change.data().asByteArrayUnsafe());
                }
            } while (!page.records().isEmpty());
        }
    }

    /** The rows of an answer as of the last read. */
    List<List<String>> rows(Answer answer) {
        return answers.get(answer).rows();
    }

    @Override
    public void close() {
        try (kinesis) {
            made.forEach(stream -> kinesis.deleteStream(request -> request.streamName(stream)));
        }
    }
}
