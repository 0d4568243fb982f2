package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.TransformResult;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GuardedTransformTest {

    private static final long NOW = 1_382_000_000_000L;
    private static final Envelope RECORD =
            new Envelope("s", "shard-0", "1", 2, "k", 3, bytes("{\"a\":1}"), 0, 7);

    @Test
    void deliversWhatTheTransformApproves() throws Exception {
        assertThat(apply((record, output) -> output.ok())).isEqualTo(TransformResult.kept(RECORD));
        assertThat(apply(new PassThrough()).kept().get(0).record()).isSameAs(RECORD);
    }

    @Test
    void deliversTheNewPayloadUnderTheSameIdentity() throws Exception {
        TransformResult result = apply((record, output) -> output.ok(bytes("new")));

        assertThat(result).isEqualTo(TransformResult.kept(RECORD.withPayload(bytes("new"))));
        assertThat(result.kept().get(0).record().identity()).isEqualTo(RECORD.identity());
    }

    @Test
    void dropsWhatTheTransformDrops() throws Exception {
        assertThat(apply((record, output) -> output.dropped())).isEqualTo(TransformResult.DROPPED);
        assertThat(apply((record, output) -> output.several(List.of())))
                .isEqualTo(TransformResult.DROPPED);
    }

    @Test
    void makesSeveralRecordsOfOneUnderItsIdentityEachWithKeysOfItsOwn() throws Exception {
        TransformResult result =
                apply(
                        (record, output) ->
                                output.several(
                                        List.of(
                                                new TransformedRecord(bytes("a")),
                                                new TransformedRecord(
                                                        bytes("b"), Map.of("k", "v")))));

        assertThat(result.kept())
                .containsExactly(
                        new TransformResult.Kept(RECORD.withPayload(bytes("a")), Map.of()),
                        new TransformResult.Kept(RECORD.withPayload(bytes("b")), Map.of("k", "v")));
        assertThat(
                        apply(
                                        (record, output) ->
                                                output.several(
                                                        List.of(new TransformedRecord(null))))
                                .failure()
                                .code())
                .isEqualTo("Transform.NullPayload");
    }

    @Test
    void sendsWhatTheTransformRefusesToTheDeadLetter() throws Exception {
        assertThat(apply((record, output) -> output.processingFailed("My.Code", "my message")))
                .isEqualTo(failed("My.Code", "my message"));
    }

    @Test
    void sendsARecordThatMakesTheTransformThrowToTheDeadLetter() throws Exception {
        assertThat(
                        apply(
                                (record, output) -> {
                                    throw new java.io.IOException("no such field");
                                }))
                .isEqualTo(failed("Transform.Exception", "java.io.IOException: no such field"));
        assertThat(apply(GuardedTransformTest::recurse))
                .isEqualTo(failed("Transform.Exception", "java.lang.StackOverflowError"));
    }

    @Test
    void anExceptionAfterAnAnswerOverrulesTheAnswer() throws Exception {
        assertThat(
                        apply(
                                        (record, output) -> {
                                            output.ok();
                                            throw new IllegalStateException("too late");
                                        })
                                .failure()
                                .code())
                .isEqualTo("Transform.Exception");
    }

    @Test
    void refusesNoAnswerSeveralAnswersAndNullAsAPayload() throws Exception {
        assertThat(apply((record, output) -> {}).failure().code()).isEqualTo("Transform.NoResult");
        assertThat(
                        apply(
                                        (record, output) -> {
                                            output.ok();
                                            output.dropped();
                                        })
                                .failure())
                .extracting(Failure::code, Failure::message)
                .containsExactly(
                        "Transform.SeveralResults",
                        "The transform gave 2 results for the record; exactly one is allowed");
        assertThat(apply((record, output) -> output.ok(null)).failure().code())
                .isEqualTo("Transform.NullPayload");
    }

    @Test
    void forgetsOneRecordBeforeTheNext() throws Exception {
        GuardedTransform guarded =
                guarded(
                        (record, output) -> {
                            if (record.subSequence() == 2) {
                                output.dropped();
                            }
                        });

        assertThat(guarded.apply(RECORD)).isEqualTo(TransformResult.DROPPED);
        assertThat(
                        guarded.apply(new Envelope("s", "0", "1", 3, "k", 3, new byte[0], 0, 0))
                                .failure()
                                .code())
                .isEqualTo("Transform.NoResult");
    }

    @Test
    void shortensLongMessages() throws Exception {
        String message =
                apply((record, output) -> output.processingFailed("c", "x".repeat(5_000)))
                        .failure()
                        .message();

        assertThat(message).hasSize(Verdict.MAX_MESSAGE_LENGTH + 1).endsWith("x…");
    }

    @Test
    void letsErrorsOfTheMachineAndInterruptionsThrough() {
        assertThatThrownBy(
                        () ->
                                apply(
                                        (record, output) -> {
                                            throw new NoClassDefFoundError("org/example/Parser");
                                        }))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessage("org/example/Parser");
        assertThatThrownBy(
                        () ->
                                apply(
                                        (record, output) -> {
                                            throw new InterruptedException("cancelled");
                                        }))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("cancelled");
    }

    private static TransformResult apply(RecordTransform transform) throws InterruptedException {
        return guarded(transform).apply(RECORD);
    }

    private static GuardedTransform guarded(RecordTransform transform) {
        return new GuardedTransform(
                transform, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    }

    private static TransformResult failed(String code, String message) {
        return TransformResult.failed(
                new Failure(ErrorOutputType.PROCESSING_FAILED, code, message, 1, NOW));
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void recurse(Envelope record, TransformOutput output) {
        recurse(record, output);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
