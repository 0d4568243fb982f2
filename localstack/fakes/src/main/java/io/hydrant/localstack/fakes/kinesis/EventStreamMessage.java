package io.hydrant.localstack.fakes.kinesis;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One message of {@code application/vnd.amazon.eventstream}: lengths and their checksum, headers,
 * payload, checksum of all.
 *
 * <p>Source: "Amazon Event Stream Specification" of the Smithy documentation.
 */
final class EventStreamMessage {

    private static final int TEXT = 7;
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;

    private EventStreamMessage() {}

    static byte[] event(String type, String contentType, byte[] payload) {
        return message("event", ":event-type", type, contentType, payload);
    }

    static byte[] exception(String type, String contentType, byte[] payload) {
        return message("exception", ":exception-type", type, contentType, payload);
    }

    private static byte[] message(
            String kind, String typeHeader, String type, String contentType, byte[] payload) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":message-type", kind);
        headers.put(typeHeader, type);
        headers.put(":content-type", contentType);
        byte[] head = headers(headers);
        ByteBuffer message = ByteBuffer.allocate(PRELUDE + head.length + payload.length + CHECKSUM);
        message.putInt(message.capacity()).putInt(head.length);
        message.putInt(checksum(message)).put(head).put(payload);
        message.putInt(checksum(message));
        return message.array();
    }

    private static byte[] headers(Map<String, String> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, String> header : headers.entrySet()) {
                byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
                byte[] value = header.getValue().getBytes(StandardCharsets.UTF_8);
                out.writeByte(name.length);
                out.write(name);
                out.writeByte(TEXT);
                out.writeShort(value.length);
                out.write(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Of all bytes written so far. */
    private static int checksum(ByteBuffer written) {
        CRC32 crc = new CRC32();
        crc.update(written.duplicate().flip());
        return (int) crc.getValue();
    }
}
