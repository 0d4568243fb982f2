package io.hydrant.jobs.ingest.objects;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * An object that arrived, as a notification says.
 *
 * @param bucket name of the bucket
 * @param key key of the object, without escapes
 * @param version id of the version; empty in buckets without versions
 * @param etag of the content; empty where the notification has none
 * @param sequencer what S3 orders the events of a key by; empty where the notification has none
 */
public record ArrivedObject(
        String bucket, String key, String version, String etag, String sequencer)
        implements Serializable {

    /** Validates that nothing is missing. */
    public ArrivedObject {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(sequencer, "sequencer");
    }

    /**
     * A name that stands for this arrival: each copy of its notification has it, and neither
     * another object nor another arrival under the same key. 22 letters, digits, {@code -} and
     * {@code _}.
     */
    String id() {
        String all = String.join("\n", bucket, key, version, etag, sequencer);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Where it is. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key + (version.isEmpty() ? "" : "?versionId=" + version);
    }
}
