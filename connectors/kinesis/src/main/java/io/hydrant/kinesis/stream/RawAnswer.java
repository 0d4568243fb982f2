package io.hydrant.kinesis.stream;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Keeps the bytes of an answer beside what the SDK reads of it, for fields that it leaves out. */
final class RawAnswer implements ExecutionInterceptor {

    private static final ExecutionAttribute<AtomicReference<byte[]>> ANSWER =
            new ExecutionAttribute<>("io.hydrant.kinesis.stream.RawAnswer");

    /**
     * The bytes that were answered.
     *
     * @param call makes the call, with what it is given as its configuration
     */
    byte[] of(Consumer<AwsRequestOverrideConfiguration> call) {
        AtomicReference<byte[]> answer = new AtomicReference<>(new byte[0]);
        call.accept(
                AwsRequestOverrideConfiguration.builder()
                        .putExecutionAttribute(ANSWER, answer)
                        .build());
        return answer.get();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        AtomicReference<byte[]> answer = attributes.getAttribute(ANSWER);
        if (answer == null || context.responseBody().isEmpty()) {
            return context.responseBody();
        }
        try (InputStream body = context.responseBody().get()) {
            answer.set(body.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new ByteArrayInputStream(answer.get()));
    }
}
