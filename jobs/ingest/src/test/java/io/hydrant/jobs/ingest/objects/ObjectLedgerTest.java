package io.hydrant.jobs.ingest.objects;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectLedgerTest {

    private static final ArrivedObject A = object("a");
    private static final ArrivedObject B = object("b");

    private final ObjectLedger ledger = new ObjectLedger(2);

    @Test
    void aMessageIsDoneWhenAllItsObjectsWereRead() {
        ObjectLedger.Accepted accepted = ledger.accept(message("1", "h1"), List.of(A, B));

        assertThat(accepted.fresh()).containsExactly(A, B);
        assertThat(accepted.isDone()).isFalse();
        assertThat(ledger.read(A.id())).isEmpty();
        assertThat(ledger.held()).containsExactly("h1");
        assertThat(ledger.read(B.id())).containsExactly("h1");
        assertThat(ledger.held()).isEmpty();
        assertThat(ledger.openObjects()).isZero();
    }

    @Test
    void anObjectOfWhichSeveralMessagesSpeakIsReadOnceAndAllOfThemAreDoneWithIt() {
        ledger.accept(message("1", "h1"), List.of(A));

        assertThat(ledger.accept(message("2", "h2"), List.of(A)).fresh()).isEmpty();
        assertThat(ledger.read(A.id())).containsExactly("h1", "h2");
        ObjectLedger.Accepted late = ledger.accept(message("3", "h3"), List.of(A));

        assertThat(late.fresh()).isEmpty();
        assertThat(late.isDone()).isTrue();
        assertThat(ledger.duplicates()).isEqualTo(2);
    }

    @Test
    void aMessageThatComesAgainIsDeletedByItsNewHandleAndIsNoCopy() {
        ledger.accept(message("1", "old"), List.of(A));

        assertThat(ledger.accept(message("1", "new"), List.of(A)).fresh()).isEmpty();
        assertThat(ledger.duplicates()).isZero();
        assertThat(ledger.read(A.id())).containsExactly("new");
    }

    @Test
    void aMessageWithoutObjectsIsDoneAtOnce() {
        assertThat(ledger.accept(message("1", "h1"), List.of()).isDone()).isTrue();
        assertThat(ledger.held()).isEmpty();
    }

    @Test
    void aMessageOfAnObjectThatCannotBeReadStaysOrGoesAsIsSaid() {
        ledger.accept(message("1", "h1"), List.of(A, B));
        ledger.accept(message("2", "h2"), List.of(A));

        assertThat(ledger.unreadable(A.id(), true)).isEmpty();
        assertThat(ledger.read(B.id())).isEmpty();
        assertThat(ledger.held()).isEmpty();

        // It comes again; what was read of it is not read again.
        assertThat(ledger.accept(message("1", "h3"), List.of(A, B)).fresh()).containsExactly(A);
        assertThat(ledger.unreadable(A.id(), false)).containsExactly("h3");
    }

    @Test
    void forgetsWhatWasReadLongestAgo() {
        for (String key : List.of("a", "b", "c")) {
            ledger.accept(message(key, key), List.of(object(key)));
            ledger.read(object(key).id());
        }

        assertThat(ledger.done()).containsExactly(B.id(), object("c").id());
        assertThat(ledger.accept(message("4", "h4"), List.of(A)).fresh()).containsExactly(A);
    }

    @Test
    void aRestoredLedgerKnowsWhatIsBeingReadAndWhatWasRead() {
        ledger.accept(message("1", "h1"), List.of(A, B));
        ledger.read(A.id());
        ObjectLedger restored = new ObjectLedger(2, ledger.done(), ledger.open());

        // The message comes again, since nobody hides it any more.
        assertThat(restored.accept(message("1", "h2"), List.of(A, B)).fresh()).isEmpty();
        assertThat(restored.read(B.id())).containsExactly("h2");
    }

    @Test
    void anObjectThatIsReadBeforeItsMessageComesAgainAfterARestoreIsDoneThen() {
        ledger.accept(message("1", "h1"), List.of(A));
        ObjectLedger restored = new ObjectLedger(2, ledger.done(), ledger.open());

        assertThat(restored.read(A.id())).isEmpty();
        assertThat(restored.accept(message("1", "h2"), List.of(A)).isDone()).isTrue();
    }

    private static ArrivedObject object(String key) {
        return new ArrivedObject("bucket", key, "", "", "");
    }

    private static QueueMessage message(String id, String handle) {
        return new QueueMessage(id, handle, "");
    }
}
