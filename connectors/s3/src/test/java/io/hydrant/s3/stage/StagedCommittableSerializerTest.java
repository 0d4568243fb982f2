package io.hydrant.s3.stage;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.sink.S3Sink;
import io.hydrant.s3.sink.S3SinkConfig;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StagedCommittableSerializerTest {

    private static final StagedCommittable OBJECT =
            new StagedCommittable(
                    new S3Committable(
                            new LedgerEntry(
                                    new UUID(1, 2),
                                    EntryKind.DATA,
                                    "s3://stage/k",
                                    3,
                                    3,
                                    2,
                                    10,
                                    20,
                                    List.of(
                                            new ShardTally(
                                                    "in", "shard-0", "1", 0, "2", 0, 2, 77, 0)),
                                    "flights",
                                    "1"),
                            "stage",
                            "k",
                            null,
                            List.of(),
                            0,
                            new byte[] {1, 2, 3},
                            List.of()),
                    true);

    private final StagedCommittableSerializer serializer = serializer();

    @Test
    void readsWhatItWrote() throws IOException {
        for (boolean isLast : new boolean[] {false, true}) {
            StagedCommittable end = new StagedCommittable(null, isLast);
            assertThat(copy(end)).isEqualTo(end);
        }
        assertThat(copy(OBJECT).isLast()).isTrue();
        assertThat(copy(OBJECT).staged()).usingRecursiveComparison().isEqualTo(OBJECT.staged());
    }

    @Test
    void readsWhatTheFirstVersionWrote() throws IOException {
        byte[] bytes;
        try (var in = getClass().getResourceAsStream("/state-v1/staged-committable.hex")) {
            bytes =
                    HexFormat.of()
                            .parseHex(
                                    new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                            .strip());
        }
        StagedCommittable read = serializer.deserialize(1, bytes);
        assertThat(read.isLast()).isTrue();
        assertThat(read.staged()).usingRecursiveComparison().isEqualTo(OBJECT.staged());
    }

    @Test
    void refusesALaterVersion() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    private StagedCommittable copy(StagedCommittable committable) throws IOException {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(committable));
    }

    private static StagedCommittableSerializer serializer() {
        S3Sink sink =
                new S3Sink(
                        S3SinkConfig.from(
                                Configuration.fromMap(
                                        Map.of(
                                                "s3.bucket", "stage",
                                                "delivery.stream.name", "flights"))),
                        AwsClientConfig.from(
                                Configuration.fromMap(Map.of("aws.region", "us-east-1"))));
        return new StagedCommittableSerializer(sink.getCommittableSerializer());
    }
}
