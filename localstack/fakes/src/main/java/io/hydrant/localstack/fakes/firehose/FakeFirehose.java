package io.hydrant.localstack.fakes.firehose;

import io.hydrant.localstack.fakes.http.FakeServer;
import io.hydrant.localstack.fakes.http.Faults;
import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A strict double of Firehose's PutRecordBatch in memory, on a loopback port.
 *
 * <p>It keeps records by delivery stream, in the order in which they came, copies included, and has
 * the service's rules that matter to a producer: 500 records of 1,000 KiB at the most, 4 MiB for
 * the whole request, {@code ResourceNotFoundException} for what it does not know. Of a batch it may
 * refuse some records and take the others. A request that is not signed for Firehose is refused.
 * Source: Firehose API reference (2015-08-04), PutRecordBatch. It checks that there is a signature,
 * not the signature.
 */
public final class FakeFirehose implements AutoCloseable {

    private final Map<String, List<byte[]>> streams;
    private final Set<String> refusals;
    private final FakeServer server;

    private FakeFirehose(
            Map<String, List<byte[]>> streams, Set<String> refusals, FakeServer server) {
        this.streams = streams;
        this.refusals = refusals;
        this.server = server;
    }

    /** Starts on a free port, without delivery streams. */
    public static FakeFirehose start() throws IOException {
        Map<String, List<byte[]>> streams = new ConcurrentHashMap<>();
        Set<String> refusals = ConcurrentHashMap.newKeySet();
        return new FakeFirehose(
                streams,
                refusals,
                FakeServer.start("fake-firehose", 0, new FirehoseService(streams, refusals)));
    }

    /** Makes an empty delivery stream. */
    public void create(String stream) {
        streams.put(stream, new CopyOnWriteArrayList<>());
    }

    /** Refuses the next record with this content, alone of its batch, once. */
    public void refuseOnce(String content) {
        refusals.add(content);
    }

    /** What a delivery stream has taken, in order. */
    public List<byte[]> records(String stream) {
        return List.copyOf(streams.get(stream));
    }

    /** Where clients find it; any region, any credentials. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Faults to come, by action: {@code PutRecordBatch}. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked. */
    public RequestLog log() {
        return server.log();
    }

    @Override
    public void close() {
        server.close();
    }
}
