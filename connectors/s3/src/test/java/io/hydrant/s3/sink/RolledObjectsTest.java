package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class RolledObjectsTest {

    private final RolledObjects rolled = new RolledObjects(null);

    @Test
    void whatWaitsForADestinationWouldOvertakeOneWhosePartsAreOnTheirWay() {
        MultipartUpload onItsWay = upload(1);
        PartUpload part = PartUpload.started(1, new byte[3], 3);
        onItsWay.restorePart(part);
        rolled.add(object(EntryKind.WAITING, 0, null));
        rolled.add(object(EntryKind.WAITING, 1, onItsWay));
        assertThat(rolled.wouldOvertake()).as("the one before").isFalse();

        rolled.add(object(EntryKind.WAITING, 2, null));
        assertThat(rolled.wouldOvertake()).as("the one behind").isTrue();

        onItsWay.finishPart(part, "etag");
        assertThat(rolled.wouldOvertake()).isFalse();
        assertThat(rolled.takeReady())
                .extracting(RolledObject::key)
                .containsExactly("o-0", "o-1", "o-2");
    }

    @Test
    void otherObjectsHaveNoOrder() {
        MultipartUpload onItsWay = upload(1);
        onItsWay.restorePart(PartUpload.started(1, new byte[3], 3));
        rolled.add(object(EntryKind.DATA, 1, onItsWay));
        rolled.add(object(EntryKind.DATA, 2, null));
        rolled.add(object(EntryKind.WAITING, 3, null));

        assertThat(rolled.wouldOvertake()).isFalse();
        assertThat(rolled.takeReady()).extracting(RolledObject::key).containsExactly("o-2", "o-3");
    }

    private static MultipartUpload upload(int number) {
        return new MultipartUpload("lake", "o-" + number, new UUID(7, number), 0, "upload", 1);
    }

    private static RolledObject object(EntryKind kind, int number, MultipartUpload upload) {
        LedgerTally tally = new LedgerTally();
        tally.add(Records.record(number).envelope());
        LedgerEntry entry =
                LedgerEntry.ofObject(
                        new UUID(7, number),
                        kind,
                        "s3://lake/o-" + number,
                        3,
                        3,
                        tally,
                        "flights",
                        "1");
        return new RolledObject(entry, "lake", "o-" + number, upload, new byte[3], List.of(), null);
    }
}
