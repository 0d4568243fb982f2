package io.hydrant.launcher.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jar and the configuration of a job, and where in S3 they are to lie. Their keys have a digest
 * of what is in them: CloudFormation sees a change where there is one and none where there is none,
 * and what an older version of the stack refers to stays as it is.
 */
record JobArtifacts(String bucket, Artifact jar, Artifact config) {

    private static final Pattern PLACE =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([^*?\\s]*))?");
    private static final int DIGITS = 16;
    private static final int BLOCK = 1 << 16;

    /** A template shows what is in it to everyone who may read it. */
    private static final Pattern SECRET =
            Pattern.compile(".*(password|secret|token|access-?key).*", Pattern.CASE_INSENSITIVE);

    /** A file and its key. */
    record Artifact(Path file, String key) {}

    /**
     * Of a delivery.
     *
     * @param place {@code s3://bucket} or {@code s3://bucket/prefix}
     * @param deliveryStream its name, which the configuration's key has
     * @throws IllegalArgumentException naming what is wrong and the way out
     */
    static JobArtifacts of(String place, Path jar, String config, String deliveryStream)
            throws IOException {
        Matcher form = PLACE.matcher(place);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "--artifacts is " + place + "; give s3://BUCKET or s3://BUCKET/PREFIX");
        }
        if (config.contains("://")) {
            throw new IllegalArgumentException(
                    "--config is "
                            + config
                            + "; --artifacts lays a copy into the bucket and needs a file");
        }
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    "There is no "
                            + jar
                            + "; build it: ./mvnw -Pfast -DskipTests package -pl jobs/delivery -am, or name another by --jar");
        }
        String given = form.group(2) == null ? "" : form.group(2);
        String prefix = given.isEmpty() || given.endsWith("/") ? given : given + '/';
        Path document = Path.of(config);
        return new JobArtifacts(
                form.group(1),
                new Artifact(jar, prefix + "hydrant-delivery-" + digest(jar) + ".jar"),
                new Artifact(document, prefix + deliveryStream + '-' + digest(document) + ".json"));
    }

    /** Says in infra's document where they are. */
    void describe(ObjectNode runtime) {
        for (String field : List.of("codeBucket", "codeKey", "configKey")) {
            if (runtime.hasNonNull(field)) {
                throw new IllegalArgumentException(
                        "--infra has delivery.runtime."
                                + field
                                + ", which --artifacts says; leave out one of them");
            }
        }
        runtime.put("codeBucket", bucket).put("codeKey", jar.key()).put("configKey", config.key());
    }

    /** Says there what the job is told over its configuration. */
    static void assign(List<String> assignments, ObjectNode runtime) {
        if (assignments.isEmpty()) {
            return;
        }
        ObjectNode properties = runtime.withObjectProperty("properties");
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            String key = assignment.substring(0, equals).strip();
            if (SECRET.matcher(key).matches() && !key.toLowerCase(Locale.ROOT).endsWith("arn")) {
                throw new IllegalArgumentException(
                        "--set "
                                + key
                                + ": the template of a stack shows its value to everyone who may read it; write it into the configuration, or keep it in Secrets Manager");
            }
            properties.put(key, assignment.substring(equals + 1).strip());
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
