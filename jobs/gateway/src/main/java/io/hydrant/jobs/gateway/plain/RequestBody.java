package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.limits.ByteBudget;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The body of a request, unpacked where it was compressed. What it then has takes of the memory for
 * all bodies while it grows, and is given back at the end; so a small body that unpacks to a large
 * one harms nobody else.
 */
final class RequestBody implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final byte[] bytes;
    private final ByteBudget budget;
    private final long reserved;

    private RequestBody(byte[] bytes, ByteBudget budget, long reserved) {
        this.bytes = bytes;
        this.budget = budget;
        this.reserved = reserved;
    }

    /** One that came as it is. */
    static RequestBody of(byte[] body) {
        return new RequestBody(body, null, 0);
    }

    /**
     * Unpacks one.
     *
     * @param maxBytes what it may have then
     * @throws ServiceError where it is no gzip, larger than that, or there is no memory for it now
     */
    static RequestBody ofGzip(byte[] body, long maxBytes, ByteBudget budget) {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        long reserved = 0;
        boolean isWhole = false;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), CHUNK)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (unpacked.size() + count > maxBytes) {
                    throw ServiceError.of(
                            413,
                            "RequestEntityTooLargeException",
                            "The body has more than "
                                    + maxBytes
                                    + " bytes when it is unpacked, which is more than the gateway takes");
                }
                if (!budget.take(count)) {
                    throw ServiceError.slowDown();
                }
                reserved += count;
                unpacked.write(chunk, 0, count);
            }
            isWhole = true;
            return new RequestBody(unpacked.toByteArray(), budget, reserved);
        } catch (IOException e) {
            throw ServiceError.ofCaller(
                    "MalformedBody",
                    "The body is not the gzip that its Content-Encoding says: "
                            + (e.getMessage() == null ? "it ends too early" : e.getMessage())
                            + ". Nothing of it was put");
        } finally {
            if (!isWhole) {
                budget.giveBack(reserved);
            }
        }
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (budget != null) {
            budget.giveBack(reserved);
        }
    }
}
