package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.GoldenBytes;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.SeenProducers;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KinesisEnumeratorStateSerializerTest {

    private static final Position START =
            new Position.AtTimestamp(Instant.parse("2026-11-21T11:40:00Z"));
    private static final KinesisEnumeratorState STATE =
            new KinesisEnumeratorState(
                    List.of(
                            new StreamProgress(
                                    arn("flights"),
                                    START,
                                    "shardId-000000000003",
                                    List.of(
                                            shard(0, List.of(), START, ShardStatus.FINISHED),
                                            shard(1, List.of(), START, ShardStatus.ASSIGNED),
                                            shard(
                                                    3,
                                                    List.of(
                                                            "shardId-000000000000",
                                                            "shardId-000000000001"),
                                                    new Position.TrimHorizon(),
                                                    ShardStatus.WAITING)),
                                    Instant.ofEpochMilli(1_700_000_000_000L),
                                    Instant.ofEpochMilli(1_763_740_700_456L)),
                            new StreamProgress(arn("empty"), null, null, List.of())),
                    Instant.ofEpochMilli(1_763_740_900_000L));

    private final KinesisEnumeratorStateSerializer serializer =
            new KinesisEnumeratorStateSerializer();

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(serializer.deserialize(5, serializer.serialize(STATE))).isEqualTo(STATE);
        KinesisEnumeratorState endless = new KinesisEnumeratorState(STATE.streams(), null);
        assertThat(serializer.deserialize(5, serializer.serialize(endless))).isEqualTo(endless);
    }

    @Test
    void readsVersion1() throws IOException {
        assertThat(serializer.deserialize(1, GoldenBytes.read("enumerator-v1")))
                .isEqualTo(new KinesisEnumeratorState(streamsBeforeVersion3(), null));
    }

    @Test
    void readsVersion2() throws IOException {
        assertThat(serializer.deserialize(2, GoldenBytes.read("enumerator-v2")))
                .isEqualTo(new KinesisEnumeratorState(streamsBeforeVersion3(), STATE.end()));
    }

    @Test
    void readsVersion3() throws IOException {
        assertThat(serializer.deserialize(3, GoldenBytes.read("enumerator-v3")))
                .isEqualTo(new KinesisEnumeratorState(streamsBeforeVersion4(), STATE.end()));
    }

    @Test
    void readsVersion4() throws IOException {
        assertThat(serializer.deserialize(4, GoldenBytes.read("enumerator-v4")))
                .isEqualTo(new KinesisEnumeratorState(streamsBeforeVersion5(), STATE.end()));
    }

    @Test
    void readsAndWritesVersion5() throws IOException {
        assertThat(serializer.deserialize(5, GoldenBytes.read("enumerator-v5"))).isEqualTo(STATE);
        assertThat(serializer.serialize(STATE)).isEqualTo(GoldenBytes.read("enumerator-v5"));
    }

    @Test
    void refusesANewerVersionAndSaysWhatToDo() {
        assertThatThrownBy(() -> serializer.deserialize(6, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("enumerator has version 6")
                .hasMessageContaining("restore it with the version that wrote it");
    }

    private static List<StreamProgress> streamsBeforeVersion3() {
        return streamsBeforeVersion4().stream()
                .map(s -> new StreamProgress(s.stream(), s.start(), s.newestShardId(), s.shards()))
                .toList();
    }

    private static List<StreamProgress> streamsBeforeVersion5() {
        return STATE.streams().stream()
                .map(
                        s ->
                                new StreamProgress(
                                        s.stream(),
                                        s.start(),
                                        s.newestShardId(),
                                        s.shards(),
                                        s.created(),
                                        null))
                .toList();
    }

    private static List<StreamProgress> streamsBeforeVersion4() {
        return STATE.streams().stream()
                .map(
                        s ->
                                new StreamProgress(
                                        s.stream(),
                                        s.start(),
                                        s.newestShardId(),
                                        s.shards().stream()
                                                .map(
                                                        shard ->
                                                                new TrackedShard(
                                                                        shard.shard(),
                                                                        shard.start(),
                                                                        shard.status(),
                                                                        Inheritance.NONE,
                                                                        Inheritance.NONE))
                                                .toList(),
                                        s.created(),
                                        null))
                .toList();
    }

    private static StreamArn arn(String name) {
        return StreamArn.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/" + name);
    }

    private static TrackedShard shard(
            int number, List<String> parents, Position start, ShardStatus status) {
        return new TrackedShard(
                new Shard(
                        String.format("shardId-%012d", number),
                        parents,
                        HashKeyRange.parse("0", "340282366920938463463374607431768211455"),
                        status == ShardStatus.FINISHED),
                start,
                status,
                new Inheritance(number, SeenProducers.NONE),
                status == ShardStatus.FINISHED
                        ? new Inheritance(
                                1_763_740_800_123L,
                                new SeenProducers(
                                        List.of(
                                                new SeenProducers.Producer(
                                                        "p", 70, 5, new long[] {-1, 3}))))
                        : Inheritance.NONE);
    }
}
