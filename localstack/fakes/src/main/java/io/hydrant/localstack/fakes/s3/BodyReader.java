package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Call;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** Takes a body off the wire: its coding, its length and the sums that come along. */
final class BodyReader {

    private static final int BUFFER = 128 * 1024;

    private final boolean discard;

    BodyReader(boolean discard) {
        this.discard = discard;
    }

    /** The body as content to store. */
    Content content(Call call) throws IOException {
        return read(call, discard);
    }

    /** The body of a request that is a document. */
    byte[] document(Call call) throws IOException {
        return read(call, false).toBytes();
    }

    private static Content read(Call call, boolean discarding) throws IOException {
        String sha = call.header("x-amz-content-sha256");
        boolean chunked = sha != null && sha.startsWith("STREAMING-");
        InputStream in = chunked ? new AwsChunkedStream(call.body()) : call.body();
        long expected = expectedLength(call, chunked);
        Map<String, String> sums = new HashMap<>();
        List<Checksum> checks = announced(call, sums);

        MessageDigest md5 = discarding ? null : Checksum.digest("MD5");
        CRC32 crc = new CRC32();
        byte[] kept = discarding ? null : new byte[Math.toIntExact(expected)];
        byte[] buffer = discarding ? new byte[BUFFER] : kept;
        long length = 0;
        while (length < expected) {
            int at = discarding ? 0 : (int) length;
            int got = in.read(buffer, at, (int) Math.min(BUFFER, expected - length));
            if (got < 0) {
                throw new S3Error(
                        400,
                        "IncompleteBody",
                        "The body ended after " + length + " of " + expected + " bytes");
            }
            for (Checksum check : checks) {
                check.update(buffer, at, got);
            }
            if (discarding) {
                crc.update(buffer, at, got);
            } else {
                md5.update(buffer, at, got);
            }
            length += got;
        }
        if (in.read() >= 0) {
            throw new S3Error(
                    400,
                    "InvalidRequest",
                    "The body is longer than the " + expected + " announced");
        }
        if (in instanceof AwsChunkedStream decoded) {
            sums.putAll(decoded.trailers());
        }
        for (Checksum check : checks) {
            check.verify(sums.get(check.header()));
        }
        String etag =
                discarding
                        ? String.format("%024x%08x", length, crc.getValue())
                        : HexFormat.of().formatHex(md5.digest());
        return new Content(discarding ? null : List.of(kept), length, etag, kept(checks, sums));
    }

    private static Map<String, String> kept(List<Checksum> checks, Map<String, String> sums) {
        Map<String, String> kept = new HashMap<>();
        for (Checksum check : checks) {
            if (check.header().startsWith("x-amz-")) {
                kept.put(check.header(), sums.get(check.header()));
            }
        }
        return kept;
    }

    private static long expectedLength(Call call, boolean chunked) {
        String header = chunked ? "x-amz-decoded-content-length" : "Content-Length";
        String value = call.header(header);
        if (value == null) {
            if (!chunked && call.header("Transfer-Encoding") == null) {
                return 0;
            }
            throw new S3Error(411, "MissingContentLength", "You must provide the header " + header);
        }
        return Long.parseLong(value);
    }

    /** The sums in headers go to {@code values}; those that trail are announced only. */
    private static List<Checksum> announced(Call call, Map<String, String> values) {
        List<Checksum> checks = new ArrayList<>(1);
        String trailer = call.header("x-amz-trailer");
        if (trailer != null) {
            Checksum check = Checksum.of(trailer.toLowerCase(Locale.ROOT));
            if (check == null) {
                throw S3Error.notImplemented("the trailing header " + trailer);
            }
            checks.add(check);
        }
        for (Map.Entry<String, List<String>> header : call.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            Checksum check = Checksum.of(name);
            if (check != null) {
                checks.add(check);
                values.put(name, header.getValue().get(0));
            }
        }
        return checks;
    }
}
