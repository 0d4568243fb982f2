package io.hydrant.localstack.fakes.s3;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The checksum that an upload was begun with, and what S3 demands of its parts and its completion
 * for it.
 *
 * @param header the header that parts carry their sums in
 * @param composite whether the whole is summed over the sums of its parts
 */
record UploadChecksum(String header, boolean composite) {

    static final String TYPE = "x-amz-checksum-type";

    private static final String COMPOSITE = "COMPOSITE";
    private static final String FULL_OBJECT = "FULL_OBJECT";

    /** As the headers of CreateMultipartUpload say; null where they name none. */
    static UploadChecksum of(S3Request request) {
        String algorithm = request.call().header("x-amz-checksum-algorithm");
        if (algorithm == null) {
            return null;
        }
        String header = "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
        if (Checksum.of(header) == null) {
            throw S3Error.notImplemented("the checksum " + algorithm);
        }
        boolean digest = algorithm.startsWith("SHA");
        boolean nvme = algorithm.equals("CRC64NVME");
        String type = request.call().header(TYPE);
        boolean composite = type == null ? !nvme : type.equals(COMPOSITE);
        if (composite ? nvme : digest) {
            throw invalid(
                    "The "
                            + type
                            + " checksum type cannot be used with the "
                            + algorithm.toLowerCase(Locale.ROOT)
                            + " checksum algorithm.");
        }
        return new UploadChecksum(header, composite);
    }

    /** A part comes with this sum. */
    void verifyPart(Content part) {
        if (!part.sums().containsKey(header)) {
            throw invalid(
                    "Checksum Type mismatch occurred, expected checksum Type: "
                            + name()
                            + ", actual checksum Type: "
                            + String.join(",", part.sums().keySet())
                                    .replace("x-amz-checksum-", ""));
        }
    }

    /**
     * The completing caller names the parts from 1 on, and their sums where the whole needs them.
     */
    void verifyNamed(Upload.NamedPart named, int index, Content part) {
        if (named.number() != index + 1) {
            throw invalid("Part numbers must be consecutive from 1 on with checksums.");
        }
        if (named.sum() == null && composite) {
            throw invalid(
                    "The upload was created using a "
                            + name()
                            + " checksum. The complete request must include the checksum for each part. It was missing for part "
                            + named.number()
                            + " in the request.");
        }
        if (named.sum() != null && !named.sum().equals(part.sums().get(header))) {
            throw new S3Error(
                    400,
                    "InvalidPart",
                    "The checksum of part " + named.number() + " is not " + named.sum());
        }
    }

    /** What readers are told of the whole. */
    Map<String, String> ofWhole(List<Content> parts) {
        Checksum sum = Checksum.of(header);
        for (Content part : parts) {
            if (composite) {
                byte[] of = Base64.getDecoder().decode(part.sums().get(header));
                sum.update(of, 0, of.length);
            } else if (part.discarded()) {
                return Map.of();
            } else {
                part.pieces().forEach(piece -> sum.update(piece, 0, piece.length));
            }
        }
        String value = Base64.getEncoder().encodeToString(sum.value());
        return composite
                ? Map.of(header, value + '-' + parts.size(), TYPE, COMPOSITE)
                : Map.of(header, value, TYPE, FULL_OBJECT);
    }

    /** The element that a part's sum stands in, in the document that completes an upload. */
    String element() {
        return "Checksum" + name().toUpperCase(Locale.ROOT);
    }

    private String name() {
        return header.substring("x-amz-checksum-".length());
    }

    private static S3Error invalid(String message) {
        return new S3Error(400, "InvalidRequest", message);
    }
}
