package io.hydrant.kinesis.call;

import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class BatchFunctionTest {

    private static final Duration NEVER = Duration.ofDays(1);

    /** Each test's own: a call that outlives its test must not add to the next one's. */
    private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();

    /** Whoever has it keeps all calls under way. */
    private final Semaphore exclaiming = new Semaphore(1);

    private BatchFunction<String, String> function;

    @AfterEach
    void close() {
        function.close();
    }

    @Test
    void callsWithABatchOfSoManyElements() throws Exception {
        begin(2, 1_000, NEVER);

        Future first = invoke("a");
        Future second = invoke("b");
        Future third = invoke("c");

        assertThat(batches.take()).containsExactly("a", "b");
        assertThat(first.get()).containsExactly("a!");
        assertThat(second.get()).containsExactly("b!");
        assertThat(third.future.isDone()).isFalse();
    }

    @Test
    void callsBeforeABatchHasTooManyBytes() throws Exception {
        begin(100, 10, NEVER);

        invoke("123456");
        invoke("7890");
        invoke("123456");
        invoke("12345678");

        // Two calls may be under way at once, and either be the first.
        assertThat(List.of(batches.take(), batches.take()))
                .containsExactlyInAnyOrder(List.of("123456", "7890"), List.of("123456"));
    }

    @Test
    void callsWhenABatchIsOldEnough() throws Exception {
        begin(100, 1_000, Duration.ofMillis(1));

        assertThat(invoke("a").get()).containsExactly("a!");
        assertThat(invoke("b").get()).containsExactly("b!");
    }

    @Test
    void failsTheJobWhereACallDoes() throws Exception {
        begin(1, 1_000, NEVER);

        Future failed = invoke("fail");

        assertThatThrownBy(failed::get).hasRootCauseMessage("cannot");
    }

    @Test
    void holdsNoMoreBytesThanABatchMoreThanMayBeUnderWay() throws Exception {
        begin(100, 10, NEVER);
        exclaiming.acquire();
        invoke("1234567890");
        invoke("1234567890");
        invoke("1234567890");

        CompletableFuture<Future> beyond = new CompletableFuture<>();
        Thread task = new Thread(() -> beyond.complete(invokeQuietly("x")));
        task.start();
        Conditions.until(
                Duration.ofSeconds(30),
                "the task to wait",
                () -> task.getState() == Thread.State.WAITING);
        assertThat(beyond).isNotDone();

        exclaiming.release();
        assertThat(beyond.get()).isNotNull();
    }

    private void begin(int records, int bytes, Duration interval) {
        function =
                new BatchFunction<>(
                        Exclaim::new, new BatchFunction.Limits(records, bytes, interval, 2));
        function.open(DefaultOpenContext.INSTANCE);
    }

    private Future invokeQuietly(String element) {
        try {
            return invoke(element);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future invoke(String element) throws InterruptedException {
        Future future = new Future();
        function.asyncInvoke(element, future);
        return future;
    }

    private final class Exclaim implements BatchCall<String, String> {

        @Override
        public List<Collection<String>> call(List<String> batch) throws InterruptedException {
            exclaiming.acquire();
            exclaiming.release();
            if (batch.contains("fail")) {
                throw new IllegalStateException("cannot");
            }
            batches.add(batch);
            List<Collection<String>> results = new ArrayList<>();
            batch.forEach(each -> results.add(List.of(each + "!")));
            return results;
        }

        @Override
        public int bytes(String element) {
            return element.length();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Future implements ResultFuture<String> {

        private final CompletableFuture<Collection<String>> future = new CompletableFuture<>();

        Collection<String> get() throws Exception {
            return future.get();
        }

        @Override
        public void complete(Collection<String> result) {
            future.complete(result);
        }

        @Override
        public void completeExceptionally(Throwable error) {
            future.completeExceptionally(error);
        }

        @Override
        public void complete(CollectionSupplier<String> supplier) {
            throw new UnsupportedOperationException("Nobody calls it.");
        }
    }
}
