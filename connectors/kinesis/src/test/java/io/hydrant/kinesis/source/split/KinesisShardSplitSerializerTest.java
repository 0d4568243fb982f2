package io.hydrant.kinesis.source.split;

import io.hydrant.kinesis.GoldenBytes;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.StreamArn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KinesisShardSplitSerializerTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/flights");

    private final KinesisShardSplitSerializer serializer = new KinesisShardSplitSerializer();

    static Stream<KinesisShardSplit> splits() {
        return Stream.of(
                        new Position.TrimHorizon(),
                        new Position.AtTimestamp(Instant.parse("2026-11-21T11:40:00.123456789Z")),
                        new Position.Behind(
                                "49590338271490256608559692538361571095921575989136588898", 42),
                        new Position.After(
                                "49590338271490256608559692538361571095921575989136588898"),
                        new Position.End())
                .map(KinesisShardSplitSerializerTest::split);
    }

    @ParameterizedTest
    @MethodSource("splits")
    void readsWhatItWrote(KinesisShardSplit split) throws IOException {
        assertThat(serializer.deserialize(4, serializer.serialize(split))).isEqualTo(split);
    }

    @ParameterizedTest
    @MethodSource("splits")
    void readsVersion1(KinesisShardSplit split) throws IOException {
        String name = "split-v1-" + split.position().getClass().getSimpleName();

        assertThat(serializer.deserialize(1, GoldenBytes.read(name)))
                .isEqualTo(
                        split.withReadThrough(0)
                                .withEnd(KinesisShardSplit.NO_END)
                                .withProducers(SeenProducers.NONE));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void readsVersion2(KinesisShardSplit split) throws IOException {
        String name = "split-v2-" + split.position().getClass().getSimpleName();

        assertThat(serializer.deserialize(2, GoldenBytes.read(name)))
                .isEqualTo(
                        split.withEnd(KinesisShardSplit.NO_END).withProducers(SeenProducers.NONE));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void readsVersion3(KinesisShardSplit split) throws IOException {
        String name = "split-v3-" + split.position().getClass().getSimpleName();

        assertThat(serializer.deserialize(3, GoldenBytes.read(name)))
                .isEqualTo(split.withProducers(SeenProducers.NONE));
    }

    @Test
    void readsAndWritesVersion4() throws IOException {
        KinesisShardSplit split =
                split(
                        new Position.Behind(
                                "49590338271490256608559692538361571095921575989136588898", 42));
        byte[] golden = GoldenBytes.read("split-v4-Behind");

        assertThat(serializer.deserialize(4, golden)).isEqualTo(split);
        assertThat(serializer.serialize(split)).isEqualTo(golden);
    }

    @Test
    void readsAndWritesShardsOfTables() throws IOException {
        KinesisShardSplit split =
                new KinesisShardSplit(
                        StreamArn.parseOfTable(
                                "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-11-21T10:00:00.000"),
                        "shardId-00000001795262400000-0badcafe",
                        HashKeyRange.ALL,
                        new Position.Behind("300000000000000499659", Long.MAX_VALUE));

        assertThat(serializer.deserialize(4, serializer.serialize(split))).isEqualTo(split);
        assertThat(KinesisShardSplit.streamOf(split.splitId()))
                .isEqualTo(split.stream().toString());
        assertThat(KinesisShardSplit.shardOf(split.splitId())).isEqualTo(split.shardId());
    }

    @Test
    void refusesANewerVersionAndSaysWhatToDo() {
        assertThatThrownBy(() -> serializer.deserialize(5, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("splits has version 5")
                .hasMessageContaining("restore it with the version that wrote it");
    }

    private static KinesisShardSplit split(Position position) {
        return new KinesisShardSplit(
                STREAM,
                "shardId-000000000007",
                HashKeyRange.parse("5", "170141183460469231731687303715884105727"),
                position,
                1_763_740_800_123L,
                1_763_740_900_000L,
                new SeenProducers(
                        List.of(
                                new SeenProducers.Producer("p", 0, 5, new long[] {1}),
                                new SeenProducers.Producer(
                                        "q", 1L << 40, 1_763_740_800_000L, new long[] {-1, 3}))));
    }
}
