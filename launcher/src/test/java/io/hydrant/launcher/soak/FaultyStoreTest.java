package io.hydrant.launcher.soak;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.store.ObjectStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FaultyStoreTest {

    private static final String LEDGER = "_hydrant/ledger/";
    private static final String SEGMENTS = "_hydrant/segments/orders/";
    private static final String WAREHOUSE = "_hydrant/loads/orders/";

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final ObjectStore store = new FaultyStore(recording(), LEDGER);

    @AfterEach
    void disarm() {
        FaultyStore.disarm();
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN_UPLOAD, createUpload, 0",
        "BEGIN_UPLOAD_ANSWER, createUpload, 1",
        "PART, uploadPart, 0",
        "PART_ANSWER, uploadPart, 1",
        "COMPLETE, completeUpload, 0",
        "COMPLETE_ANSWER, completeUpload, 1",
        "PUT, put, 0",
        "PUT_ANSWER, put, 1",
        "LEDGER, ledger, 0",
        "LEDGER_ANSWER, ledger, 1",
        "SEGMENT, segment, 0",
        "SEGMENT_ANSWER, segment, 1",
        "READ_SEGMENT, readSegment, 0",
        "READ_SEGMENT_ANSWER, readSegment, 1",
        "REMOVE_SEGMENT, removeSegment, 0",
        "REMOVE_SEGMENT_ANSWER, removeSegment, 1",
        "QUEUE, queue, 0",
        "QUEUE_ANSWER, queue, 1",
        "MANIFEST, manifest, 0",
        "MANIFEST_ANSWER, manifest, 1",
        "DEQUEUE, dequeue, 0",
        "DEQUEUE_ANSWER, dequeue, 1",
        "CLEAN_UP, cleanUp, 0",
        "CLEAN_UP_ANSWER, cleanUp, 1",
    })
    void failsOnceBeforeOrAfterTheStoreDidIt(FaultPoint point, String call, int doneByStore) {
        FaultyStore.arm(point);

        assertThatThrownBy(() -> make(call)).hasMessage("Injected: " + point);

        assertThat(done).hasSize(doneByStore);
        assertThat(FaultyStore.hasFired()).isTrue();
        make(call);
        assertThat(done).hasSize(doneByStore + 1);
    }

    @Test
    void lettingOtherCallsPass() {
        FaultyStore.arm(FaultPoint.COMPLETE);

        make("put");
        make("ledger");
        make("uploadPart");

        assertThat(done).hasSize(3);
        assertThat(FaultyStore.hasFired()).isFalse();
    }

    @Test
    void letsWhoIsLostHaveNoAnswerWhileItLives() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        FaultyStore.hold(FaultPoint.QUEUE_ANSWER, lost);
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> make("queue"));
        Conditions.until(Duration.ofMinutes(1), "the call", FaultyStore::hasFired);

        assertThat(done).hasSize(1);
        assertThat(call).isNotDone();

        lost.countDown();
        assertThatThrownBy(call::get).hasRootCauseMessage("Injected: " + FaultPoint.QUEUE_ANSWER);
    }

    @Test
    void lettingWhatIsRemovedElsewherePass() {
        FaultyStore.arm(FaultPoint.CLEAN_UP);

        store.delete("b", "data/k");

        assertThat(done).hasSize(1);
        assertThat(FaultyStore.hasFired()).isFalse();
    }

    private void make(String call) {
        switch (call) {
            case "createUpload" -> store.createUpload("b", "k", "id");
            case "uploadPart" -> store.uploadPart("b", "k", "u", 1, new byte[1], 0, 1);
            case "completeUpload" -> store.completeUpload("b", "k", "u", List.of());
            case "put" -> store.putIfAbsent("b", "data/k", "id", new byte[1]);
            case "ledger" -> store.putIfAbsent("b", LEDGER + "k", "id", new byte[1]);
            case "segment" -> store.putIfAbsent("b", SEGMENTS + "k", "id", new byte[1]);
            case "readSegment" -> store.get("b", SEGMENTS + "k");
            case "removeSegment" -> store.delete("b", SEGMENTS + "k");
            case "queue" -> store.putIfAbsent("b", WAREHOUSE + "queue/k", "id", new byte[1]);
            case "manifest" -> store.putIfAbsent("b", WAREHOUSE + "manifests/k", "id", new byte[1]);
            case "dequeue" -> store.delete("b", WAREHOUSE + "queue/k");
            case "cleanUp" -> store.delete("b", WAREHOUSE + "manifests/k");
            default -> throw new IllegalArgumentException(call);
        }
    }

    private ObjectStore recording() {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (proxy, method, arguments) -> {
                            done.add(method.getName());
                            return method.getReturnType() == boolean.class ? true : null;
                        });
    }
}
