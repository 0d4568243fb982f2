package io.hydrant.localstack.fakes.redshift;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What COPY reads from; S3, or what a test puts in its place. */
public interface StagedObjects {

    /**
     * The content of an object, to be closed by the caller; null if there is none.
     *
     * @throws IOException if it cannot be read now
     */
    InputStream open(String bucket, String key) throws IOException;

    /**
     * Keys that begin with the prefix, in ascending order.
     *
     * @throws IOException if they cannot be listed now
     */
    List<String> keys(String bucket, String prefix) throws IOException;
}
