package io.hydrant.localstack.fakes.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One answer; its body is a list of slices, so that large stored bytes are not copied together. */
public final class Reply {

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Slice> body = new ArrayList<>(1);
    private long length;

    /** An answer without body. */
    public Reply(int status) {
        this.status = status;
    }

    /** Sets a header. */
    public Reply header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Appends a slice to the body; the array must not change until the answer is sent. */
    public Reply body(byte[] array, int offset, int count) {
        body.add(new Slice(array, offset, count));
        length += count;
        return this;
    }

    /** Appends an array to the body. */
    public Reply body(byte[] array) {
        return body(array, 0, array.length);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    List<Slice> slices() {
        return body;
    }

    long length() {
        return length;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, only sent
    record Slice(byte[] array, int offset, int count) {}
}
