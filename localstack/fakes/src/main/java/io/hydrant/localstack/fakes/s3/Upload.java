package io.hydrant.localstack.fakes.s3;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A multipart upload that is neither completed nor aborted. */
final class Upload {

    static final long LEAST_PART_BYTES = 5L * 1024 * 1024;

    private final String id;
    private final String key;
    private final Map<String, String> headers;
    private final UploadChecksum checksum;
    private final long initiatedMillis;
    private final TreeMap<Integer, StoredObject> parts = new TreeMap<>();

    /** A part as the completing caller names it. */
    record NamedPart(int number, String etag, String sum) {}

    Upload(
            String id,
            String key,
            Map<String, String> headers,
            UploadChecksum checksum,
            long initiatedMillis) {
        this.id = id;
        this.key = key;
        this.headers = headers;
        this.checksum = checksum;
        this.initiatedMillis = initiatedMillis;
    }

    String id() {
        return id;
    }

    String key() {
        return key;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** What it was begun with, null for none. */
    UploadChecksum checksum() {
        return checksum;
    }

    long initiatedMillis() {
        return initiatedMillis;
    }

    synchronized void put(int number, Content content, long nowMillis) {
        if (checksum != null) {
            checksum.verifyPart(content);
        }
        parts.put(number, new StoredObject(content, Map.of(), nowMillis));
    }

    synchronized NavigableMap<Integer, StoredObject> parts() {
        return new TreeMap<>(parts);
    }

    /**
     * The whole that the named parts make, by the rules of CompleteMultipartUpload: numbers ascend,
     * tags fit, and all but the last have 5 MiB.
     */
    synchronized Content assemble(List<NamedPart> named) {
        if (named.isEmpty()) {
            throw S3Error.malformedXml("You must specify at least one part");
        }
        verifyOrder(named);
        MessageDigest md5 = Checksum.digest("MD5");
        List<byte[]> pieces = new ArrayList<>();
        List<Content> contents = new ArrayList<>();
        long length = 0;
        for (int i = 0; i < named.size(); i++) {
            NamedPart part = named.get(i);
            Content content = content(part);
            if (i < named.size() - 1 && content.length() < LEAST_PART_BYTES) {
                throw new S3Error(
                        400,
                        "EntityTooSmall",
                        "Your proposed upload is smaller than the minimum allowed size: part "
                                + part.number()
                                + " has "
                                + content.length()
                                + " bytes");
            }
            if (checksum != null) {
                checksum.verifyNamed(part, i, content);
            }
            contents.add(content);
            md5.update(HexFormat.of().parseHex(content.etag()));
            length += content.length();
            if (!content.discarded()) {
                pieces.addAll(content.pieces());
            }
        }
        boolean discarded = content(last(named)).discarded();
        String etag = HexFormat.of().formatHex(md5.digest()) + '-' + named.size();
        return new Content(
                discarded ? null : List.copyOf(pieces),
                length,
                etag,
                checksum == null ? Map.of() : checksum.ofWhole(contents));
    }

    private Content content(NamedPart part) {
        StoredObject stored = parts.get(part.number());
        if (stored == null || !stored.content().etag().equals(part.etag())) {
            throw new S3Error(
                    400,
                    "InvalidPart",
                    "Part "
                            + part.number()
                            + " could not be found, or its entity tag is not "
                            + part.etag());
        }
        return stored.content();
    }

    private static void verifyOrder(List<NamedPart> named) {
        int previous = 0;
        for (NamedPart part : named) {
            if (part.number() <= previous) {
                throw new S3Error(
                        400,
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order: "
                                + part.number()
                                + " after "
                                + previous);
            }
            previous = part.number();
        }
    }

    private static NamedPart last(List<NamedPart> named) {
        return named.get(named.size() - 1);
    }
}
