package io.hydrant.kinesis.stream;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Takes an answer of {@code GetRecords} out of the SDK's hands where it would begin to make objects
 * of it, and leaves it an empty one. All before that (endpoint, signature, HTTP, errors) stays the
 * SDK's, and so does every answer that is an error, compressed, checked by a sum, or not CBOR.
 */
final class DirectDecoding implements ExecutionInterceptor {

    /** What one call asks for, and where its page goes. */
    static final ExecutionAttribute<Wanted> WANTED =
            new ExecutionAttribute<>("HydrantWantedRecords");

    private static final String CBOR = "application/x-amz-cbor-1.1";
    private static final int OK = 200;

    /** A map without members. */
    private static final byte[] EMPTY_ANSWER = {(byte) 0xA0};

    /** One call; its page is null until an answer was decoded here. */
    static final class Wanted {

        private final String stream;
        private final String shard;
        private RecordPage page;

        Wanted(String stream, String shard) {
            this.stream = stream;
            this.shard = shard;
        }

        RecordPage page() {
            return page;
        }
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Wanted wanted = attributes.getAttribute(WANTED);
        if (wanted == null
                || context.responseBody().isEmpty()
                || !isPlainCbor(context.httpResponse())) {
            return context.responseBody();
        }
        try (InputStream body = context.responseBody().get()) {
            wanted.page = CborRecords.read(body, wanted.stream, wanted.shard);
            // A connection is used again only when its answer was read to the end.
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw SdkClientException.create(
                    "Unable to read the answer of GetRecords: " + e.getMessage(), e);
        }
        return Optional.of(new ByteArrayInputStream(EMPTY_ANSWER));
    }

    private static boolean isPlainCbor(SdkHttpResponse response) {
        return response.statusCode() == OK
                && response.firstMatchingHeader("Content-Type").orElse("").equals(CBOR)
                && response.firstMatchingHeader("Content-Encoding").isEmpty()
                && response.firstMatchingHeader("x-amz-crc32").isEmpty();
    }
}
