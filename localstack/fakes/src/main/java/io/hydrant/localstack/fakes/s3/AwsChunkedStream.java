package io.hydrant.localstack.fakes.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the {@code aws-chunked} coding off a body: {@code <hex length>[;extensions]CRLF data CRLF},
 * ended by a chunk of length 0, then trailing headers. Chunk signatures are not checked.
 *
 * <p>Source: S3 API reference, "Signature calculations for trailing headers".
 */
final class AwsChunkedStream extends InputStream {

    private static final int LONGEST_LINE = 16 * 1024;

    private final InputStream in;
    private final Map<String, String> trailers = new HashMap<>();
    private long leftInChunk;
    private boolean first = true;
    private boolean ended;

    AwsChunkedStream(InputStream in) {
        this.in = in;
    }

    /** The trailing headers, in lower case; complete once the end was read. */
    Map<String, String> trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (leftInChunk == 0 && !nextChunk()) {
            return -1;
        }
        int got = in.read(into, offset, (int) Math.min(count, leftInChunk));
        if (got < 0) {
            throw incomplete();
        }
        leftInChunk -= got;
        return got;
    }

    private boolean nextChunk() throws IOException {
        if (ended) {
            return false;
        }
        if (!first && !line().isEmpty()) {
            throw S3Error.invalidArgument("A chunk is longer than it says");
        }
        first = false;
        String head = line();
        int extensions = head.indexOf(';');
        try {
            leftInChunk = Long.parseLong(extensions < 0 ? head : head.substring(0, extensions), 16);
        } catch (NumberFormatException e) {
            throw S3Error.invalidArgument("Not the head of a chunk: " + head);
        }
        if (leftInChunk > 0) {
            return true;
        }
        ended = true;
        readTrailers();
        return false;
    }

    private void readTrailers() throws IOException {
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw S3Error.invalidArgument("Not a trailing header: " + line);
            }
            trailers.put(
                    line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
    }

    private String line() throws IOException {
        byte[] bytes = new byte[128];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || length == LONGEST_LINE) {
                throw incomplete();
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) next;
        }
        if (length == 0 || bytes[length - 1] != '\r') {
            throw S3Error.invalidArgument("A line of the chunked coding must end with CR LF");
        }
        return new String(bytes, 0, length - 1, StandardCharsets.ISO_8859_1);
    }

    private static S3Error incomplete() {
        return new S3Error(
                400,
                "IncompleteBody",
                "You did not provide the number of bytes that the chunks announced");
    }
}
