package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.reader.PositionCheck.Finding;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PositionCheckTest {

    private static final long NOW = 1_763_740_800_000L;

    /** The position is at 100; the read-through time is in hours before now, or none. */
    @ParameterizedTest(name = "{5}")
    @CsvSource({
        // oldest, next, behind, read through, finding, case
        "100, iterator, 0,    , HELD, the record itself comes back",
        "100, iterator, 5,  80, HELD, whenever the shard was read through",
        "100,         , 0,    , HELD, at the end of a closed shard too",
        "101, iterator, 0,    , LOST, a later record comes instead",
        "101, iterator, 5,  80, LOST, and it was read through longer ago than any retention",
        "101, iterator, 5,  24, LOST, at the shortest retention there is no room for clocks",
        "101, iterator, 5,  23, HELD, nothing that was read through since has expired",
        "1000, iterator, 0,   , LOST, numbers are compared as numbers",
        " 99, iterator, 0,   1, LOST, a stream that begins before the position is another one",
        "    , iterator, 0,    , LOST, the shard is empty",
        "    , iterator, 0,   1, HELD, the shard has been empty for long",
        "    ,         , 0,    , LOST, the shard is closed and empty",
        "    ,         , 7,    , LOST, whatever it says beside its end",
        "    , iterator, 7,    , UNDECIDED, a page may be empty before the first record",
        "    , iterator, 7,   1, UNDECIDED, whenever the shard was read through",
    })
    void tellsWhatIsMissing(
            String oldest,
            String next,
            long millisBehind,
            Long hoursSinceReadThrough,
            Finding finding,
            String caseName) {
        List<Envelope> records = oldest == null ? List.of() : List.of(record(oldest));
        long readThrough =
                hoursSinceReadThrough == null
                        ? 0
                        : NOW - Duration.ofHours(hoursSinceReadThrough).toMillis();

        assertThat(
                        PositionCheck.judge(
                                new Position.Behind("100", 3),
                                new RecordPage(records, 0, next, millisBehind),
                                readThrough,
                                NOW))
                .as(caseName)
                .isEqualTo(finding);
    }

    private static Envelope record(String sequence) {
        return new Envelope("stream", "shard", sequence, 0, "key", 0, new byte[0], 0, 0);
    }
}
