package io.hydrant.sql.kda.application;

import java.io.Serializable;

/**
 * A table that streams are joined with.
 *
 * @param name as SQL has to quote it
 * @param schema the columns
 * @param file where it is on disk, relative to the document; null where it is in S3
 * @param bucket the S3 bucket, or null
 * @param key the object's key, or null
 */
public record ReferenceTable(
        String name, RecordSchema schema, String file, String bucket, String key)
        implements Serializable {}
