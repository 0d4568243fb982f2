package io.hydrant.kinesis;

import io.hydrant.kinesis.stream.RecordDistribution;
import io.hydrant.kinesis.stream.RoutedStreamApi;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamApiFactory;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;
import io.hydrant.kinesis.stream.StreamDirectoryFactory;
import io.hydrant.kinesis.stream.StreamFacts;

import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Several streams in memory, and who can be asked for them. */
public final class FakeAccount {

    private static final Map<String, FakeAccount> ACCOUNTS = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<String, FakeStream> streams = new TreeMap<>();
    private final Map<String, RecordDistribution> distributions = new TreeMap<>();
    private final Map<String, Instant> created = new TreeMap<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private int asked;

    public FakeAccount() {
        ACCOUNTS.put(id, this);
    }

    /** The ARN of a stream with that name, whether there is one or not. */
    public static StreamArn arn(String name) {
        return new StreamArn("aws", "us-east-1", "000000000000", name);
    }

    public synchronized FakeStream create(String name, int shards) {
        FakeStream stream = FakeStream.create(arn(name), shards);
        streams.put(name, stream);
        return stream;
    }

    public synchronized void delete(String name) {
        streams.remove(name);
    }

    public synchronized void distribute(String name, RecordDistribution distribution) {
        distributions.put(name, distribution);
    }

    /** The stream says that it was created at that time; without this it does not say. */
    public synchronized void createdAt(String name, Instant time) {
        created.put(name, time);
    }

    public synchronized void failNextSearch(RuntimeException error) {
        failures.add(error);
    }

    /** How often streams were looked for. */
    public synchronized int asked() {
        return asked;
    }

    public StreamApi api() {
        return new Api();
    }

    public StreamDirectory directory() {
        return new Directory();
    }

    /** Opens connections to this account, from anywhere in this JVM. */
    public StreamApiFactory apiFactory() {
        String account = id;
        return () -> ACCOUNTS.get(account).api();
    }

    public StreamDirectoryFactory directoryFactory() {
        String account = id;
        return () -> ACCOUNTS.get(account).directory();
    }

    private synchronized StreamApi of(StreamArn arn) {
        FakeStream stream = streams.get(arn.stream());
        if (stream == null || !stream.arn().equals(arn)) {
            throw notFound(arn.stream());
        }
        return stream.api();
    }

    private static RuntimeException notFound(String name) {
        return ResourceNotFoundException.builder()
                .message("Stream " + name + " under account 000000000000 not found.")
                .build();
    }

    private final class Api extends RoutedStreamApi {

        @Override
        protected StreamApi of(StreamArn stream) {
            return FakeAccount.this.of(stream);
        }

        @Override
        public void close() {
            // Nothing to let go of.
        }
    }

    private final class Directory implements StreamDirectory {

        @Override
        public StreamArn arnOf(String name) {
            synchronized (FakeAccount.this) {
                ask();
                if (!streams.containsKey(name)) {
                    throw notFound(name);
                }
                return arn(name);
            }
        }

        @Override
        public List<StreamArn> matching(Pattern name) {
            synchronized (FakeAccount.this) {
                ask();
                return streams.keySet().stream()
                        .filter(stream -> name.matcher(stream).matches())
                        .map(FakeAccount::arn)
                        .toList();
            }
        }

        @Override
        public StreamFacts describe(StreamArn stream) {
            synchronized (FakeAccount.this) {
                return new StreamFacts(
                        distributions.getOrDefault(stream.stream(), RecordDistribution.UNKNOWN),
                        created.get(stream.stream()));
            }
        }

        @Override
        public void close() {
            // Nothing to let go of.
        }

        private void ask() {
            asked++;
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
        }
    }
}
