package io.hydrant.launcher.verify;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.ledger.LedgerAudit;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class VerificationResultTest {

    private final LedgerAudit audit = new LedgerAudit();
    private final ObjectCheck objects = new ObjectCheck("lake");

    @Test
    void isOpenWhileTheNewestRecordsArePending() {
        dropped(1);

        VerificationResult result = resultFor(1, 2);

        assertThat(result.onlyPending()).isTrue();
        assertThat(result.mayStillComplete()).isTrue();
    }

    @Test
    void isOpenWhileAnOpenObjectMayHoldRecordsAmongThoseThatAreDelivered() {
        dropped(1, 3);

        VerificationResult result = resultFor(1, 2, 3);

        assertThat(result.onlyPending()).isFalse();
        assertThat(result.mayStillComplete()).isTrue();
    }

    @Test
    void isClosedOnceItIsComplete() {
        dropped(1, 2);

        assertThat(resultFor(1, 2).mayStillComplete()).isFalse();
    }

    @Test
    void isClosedByADoubledRecord() {
        dropped(1);
        dropped(1);

        assertThat(resultFor(1, 2).mayStillComplete()).isFalse();
    }

    @Test
    void isClosedByRecordsThatWereExchanged() {
        dropped(1, 1, 3);

        assertThat(resultFor(1, 2, 3, 4).mayStillComplete()).isFalse();
    }

    @Test
    void isClosedByAnObjectThatIsGone() {
        VerificationResult result =
                new VerificationResult(
                        resultFor(1).audit(),
                        new ObjectCheck.Result(
                                0, 0, false, 0, -1, List.of("s3://lake/a is gone"), 0));

        assertThat(result.mayStillComplete()).isFalse();
    }

    private void dropped(long... sequences) {
        LedgerTally tally = new LedgerTally();
        for (long sequence : sequences) {
            tally.add(
                    new Envelope(
                            "orders",
                            "shard",
                            Long.toString(sequence),
                            0,
                            "k",
                            0,
                            new byte[0],
                            0,
                            0));
        }
        audit.add(LedgerEntry.ofDropped(UUID.randomUUID(), tally, "orders", "1"));
    }

    private VerificationResult resultFor(long... sequences) {
        audit.beginShard("orders", "shard");
        for (long sequence : sequences) {
            audit.record(Long.toString(sequence), 0, 0);
        }
        audit.endShard();
        return new VerificationResult(audit.report(), objects.result());
    }
}
