package io.hydrant.s3.stage;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.sink.LedgerConfig;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.S3Calls;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WaitingObjectsTest {

    private final MemoryStore store = new MemoryStore("lake");

    @Test
    void givesWhatWaitsOldestFirstAndWhole() throws Exception {
        WaitingObjects waiting = of(0, 1);
        waiting.add(object(200));
        waiting.add(object(3));
        waiting.add(object(3));

        List<String> keys = waiting.keys();

        assertThat(keys)
                .containsExactly(
                        "_hydrant/ledger-waiting/orders/0/0000000000003-00000000-0000-0007-0000-000000000003.json",
                        "_hydrant/ledger-waiting/orders/0/0000000000200-00000000-0000-0007-0000-0000000000c8.json");
        assertThat(waiting.read(keys.get(0))).isEqualTo(object(3));
        waiting.remove(keys.get(0));
        assertThat(waiting.keys()).containsExactly(keys.get(1));
    }

    @Test
    void eachIsTakenByOneTaskAlsoWhereTheyAreFewerThanBefore() throws Exception {
        for (int task = 0; task < 5; task++) {
            of(task, 5).add(object(100 - task));
        }

        assertThat(of(0, 2).keys()).hasSize(3).isSortedAccordingTo(WaitingObjectsTest::byName);
        assertThat(of(1, 2).keys()).hasSize(2);
        assertThat(of(4, 8).keys()).hasSize(1);
        assertThat(of(5, 8).keys()).isEmpty();
    }

    @Test
    void otherDeliveriesAreNotItsOwn() throws Exception {
        of(0, 1).add(object(1));

        assertThat(
                        new WaitingObjects(
                                        store,
                                        calls(),
                                        new LedgerConfig(true, "lake", "_hydrant/ledger/"),
                                        "others",
                                        0,
                                        1)
                                .keys())
                .isEmpty();
    }

    @Test
    void givesInTheirOrderWhatIsNotedByTheOnlyTask() throws Exception {
        of(3, 4).add(object(500));
        WaitingObjects first = inOrder(1_000);
        for (int arrival : List.of(30, 4, 200)) {
            first.add(object(arrival));
        }
        // A machine whose clock is behind goes on, and repeats the last of it.
        WaitingObjects next = inOrder(10);
        next.add(object(200));
        next.add(object(1));

        assertThat(objects(next)).containsExactly("o-500", "o-30", "o-4", "o-200", "o-200", "o-1");
    }

    @Test
    void takesNothingBeforeItHasSeenAllThatWasNotedBefore() throws Exception {
        ListsBehind listed = new ListsBehind();
        WaitingObjects waiting = inOrder(listed, 1_000);
        waiting.add(object(1));
        waiting.add(object(2));
        listed.missesTheFirst = true;

        assertThat(objects(waiting)).containsExactly("o-1", "o-2");
    }

    @Test
    void refusesWhatALaterVersionNoted() {
        for (String json : List.of("{\"version\":2}", "no JSON", "{\"version\":1,\"id\":\"x\"}")) {
            assertThatThrownBy(
                            () ->
                                    WaitingObject.fromJson(
                                            "s3://lake/n", json.getBytes(StandardCharsets.UTF_8)))
                    .hasMessageStartingWith("s3://lake/n lies among what waits")
                    .hasMessageContaining("Way out:");
        }
    }

    private static int byName(String one, String other) {
        return one.substring(one.lastIndexOf('/'))
                .compareTo(other.substring(other.lastIndexOf('/')));
    }

    private WaitingObjects of(int task, int tasks) {
        return new WaitingObjects(
                store,
                calls(),
                new LedgerConfig(true, "lake", "_hydrant/ledger/"),
                "orders",
                task,
                tasks);
    }

    private WaitingObjects inOrder(long clock) {
        return inOrder(store, clock);
    }

    private static WaitingObjects inOrder(MemoryStore store, long clock) {
        return WaitingObjects.inOrder(
                store,
                calls(),
                new LedgerConfig(true, "lake", "_hydrant/ledger/"),
                "orders",
                () -> clock);
    }

    private static List<String> objects(WaitingObjects waiting) throws Exception {
        List<String> objects = new ArrayList<>();
        for (String key : waiting.keys()) {
            objects.add(waiting.read(key).key());
        }
        return objects;
    }

    /** A store one of whose lists was made while what is in it was written. */
    private static final class ListsBehind extends MemoryStore {

        private boolean missesTheFirst;

        ListsBehind() {
            super("lake");
        }

        @Override
        public synchronized ObjectPage list(String bucket, String prefix, String startAfter) {
            ObjectPage page = super.list(bucket, prefix, startAfter);
            if (!missesTheFirst) {
                return page;
            }
            missesTheFirst = false;
            return new ObjectPage(page.objects().subList(1, page.objects().size()), page.isLast());
        }
    }

    private static S3Calls calls() {
        return new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM);
    }

    private static WaitingObject object(int arrival) {
        return new WaitingObject(new UUID(7, arrival), "lake", "o-" + arrival, 5, 2, arrival);
    }
}
