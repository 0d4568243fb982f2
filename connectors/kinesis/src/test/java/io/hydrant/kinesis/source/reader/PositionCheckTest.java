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

    /** Times are in hours before now; the shard was not read before. */
    @ParameterizedTest(name = "{6}")
    @CsvSource({
        // oldest, next, behind, since, retention, finding, case
        "  1, iterator, 0,  1,  24, HELD, nothing that young has expired",
        "   , iterator, 0,  1,  24, HELD, and there may be nothing",
        "  1, iterator, 0, 23,  24, HELD, up to the retention",
        "  1, iterator, 0, 24,  24, LOST, at the retention there is no room for clocks",
        "   , iterator, 0, 30,  24, LOST, the shard is empty",
        "   ,         , 0, 30,  24, LOST, the shard is closed and empty",
        " 30, iterator, 0, 30,  24, HELD, what is older than all that was to be read is held",
        " 29, iterator, 0, 30,  24, LOST, what is younger says nothing",
        " 29, iterator, 0, 30, 168, HELD, the stream keeps records for longer",
        "  1, iterator, 0, 30,    , UNDECIDED, nobody knows how long it keeps them",
        "  1, iterator, 0,  1,    , HELD, but none keeps them for so short",
        " 30, iterator, 0, 30,    , HELD, and what is held is held",
        "  1, iterator, 0,   ,  24, UNDECIDED, nobody knows since when it was to be read",
    })
    void tellsWhatExpiredBeforeItWasRead(
            Long oldest,
            String next,
            long millisBehind,
            Long since,
            Long retention,
            Finding finding,
            String caseName) {
        List<Envelope> records = oldest == null ? List.of() : List.of(arrived(oldest));

        assertThat(
                        PositionCheck.judgeUnread(
                                new RecordPage(records, 0, next, millisBehind),
                                since == null ? 0 : NOW - Duration.ofHours(since).toMillis(),
                                retention == null ? 0 : Duration.ofHours(retention).toMillis(),
                                NOW))
                .as(caseName)
                .isEqualTo(finding);
    }

    @ParameterizedTest
    @CsvSource({
        // hours behind, retention, near
        "0, 0, false",
        "23, 0, false",
        "24, 0, true",
        "24, 24, true",
        "24, 168, false",
        "168, 168, true",
    })
    void tellsAReaderThatLagsBehindByNearlyTheRetention(long behind, long retention, boolean near) {
        assertThat(
                        PositionCheck.isNearHorizon(
                                Duration.ofHours(behind).toMillis(),
                                Duration.ofHours(retention).toMillis()))
                .isEqualTo(near);
    }

    private static Envelope arrived(long hoursAgo) {
        return new Envelope(
                "stream",
                "shard",
                "100",
                0,
                "key",
                NOW - Duration.ofHours(hoursAgo).toMillis(),
                new byte[0],
                0,
                0);
    }

    private static Envelope record(String sequence) {
        return new Envelope("stream", "shard", sequence, 0, "key", 0, new byte[0], 0, 0);
    }
}
