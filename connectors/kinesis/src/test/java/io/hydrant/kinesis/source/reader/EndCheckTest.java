package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.RecordPage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class EndCheckTest {

    private static final long END = 1_000_000;

    /** Arrival times are in milliseconds before (-) or after the end. */
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "''        , 0, nothing comes",
        "'-3 -2 -1', 3, everything arrived before the end",
        "'-1 0 1'  , 1, what arrived at the end is not read",
        "'5 6'     , 0, everything arrived later",
        "'-1 2 -1' , 1, nothing is read behind the first record past the end",
    })
    void cutsAPageAtTheEnd(String arrivals, int expected, String caseName) {
        List<Envelope> records = new ArrayList<>();
        for (String arrival : arrivals.split(" ", -1)) {
            if (!arrival.isEmpty()) {
                records.add(record(END + Long.parseLong(arrival)));
            }
        }

        assertThat(EndCheck.before(records, END)).isEqualTo(expected);
        assertThat(EndCheck.before(records, KinesisShardSplit.NO_END)).isEqualTo(records.size());
    }

    /** Times are in milliseconds after the end; the service may not tell its own. */
    @ParameterizedTest(name = "{5}")
    @CsvSource({
        "0, 0,  2000,     0, true , nothing was left when all must have been in sight",
        "0, 0,  1999,  9999, false, a record from before the end may still come into sight",
        "0, 0, -5000,  9999, false, the end has not come",
        "0, 9,  2000,  9999, false, records are left although the page has none",
        "1, 0,  2000,  9999, false, a page with records says nothing about those behind it",
        "0, 0,      ,  2000, true , the job's clock stands in for the service's",
        "0, 0,      ,  1999, false, which may be too early",
    })
    void endsWhereNothingFromBeforeTheEndCanCome(
            int records,
            long behind,
            Long serviceAfter,
            long jobAfter,
            boolean reached,
            String caseName) {
        List<Envelope> page = records == 0 ? List.of() : List.of(record(END - 1));
        Instant service = serviceAfter == null ? null : Instant.ofEpochMilli(END + serviceAfter);

        assertThat(
                        EndCheck.isReached(
                                new RecordPage(page, 0, "next", behind, service),
                                END,
                                END + jobAfter))
                .isEqualTo(reached);
    }

    private static Envelope record(long arrival) {
        return new Envelope("stream", "shard", "1", 0, "key", arrival, new byte[0], 0, 0);
    }
}
