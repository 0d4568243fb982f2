package io.hydrant.jobs.ingest.tail;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlowSplitSerializerTest {

    private static final FlowSplit SPLIT =
            new FlowSplit(
                    "kinesis:orders:/var/log/app.log*",
                    "lineage",
                    true,
                    List.of(
                            new TrackedFile(
                                    "(dev=801,ino=7)",
                                    "app.log",
                                    3,
                                    "AAAAAAAAAAAAAAAAAAAAAA",
                                    5,
                                    1_000,
                                    17,
                                    2,
                                    true,
                                    true,
                                    2_000,
                                    new FileMark(0, new byte[] {1, 2, 3}),
                                    new FileMark(700, new byte[] {4, 5}),
                                    new FileMark(900, new byte[] {6})),
                            new TrackedFile(
                                    "(dev=801,ino=8)",
                                    "app.log.1",
                                    0,
                                    null,
                                    0,
                                    0,
                                    0,
                                    0,
                                    false,
                                    false,
                                    -1,
                                    FileMark.NONE,
                                    FileMark.NONE,
                                    FileMark.NONE)),
                    Map.of("(dev=801,ino=9)", new FlowSplit.Former(4, 1_700_000_000_000L)));

    private final FlowSplitSerializer serializer = new FlowSplitSerializer();

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(SPLIT)))
                .isEqualTo(SPLIT);
    }

    @Test
    void readsWhatVersion1Wrote() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/flow-split-v1.bin")) {
            assertThat(serializer.deserialize(1, golden.readAllBytes())).isEqualTo(SPLIT);
        }
    }

    @Test
    void refusesALaterVersion() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has version 2, but this Hydrant reads 1");
    }

    @Test
    void writesWhetherATaskHasTheFlow() throws IOException {
        UnassignedSerializer unassigned = new UnassignedSerializer();
        for (FlowSplit split : new FlowSplit[] {null, SPLIT}) {
            FileSource.Unassigned state = new FileSource.Unassigned(split);
            assertThat(unassigned.deserialize(unassigned.getVersion(), unassigned.serialize(state)))
                    .isEqualTo(state);
        }
    }
}
