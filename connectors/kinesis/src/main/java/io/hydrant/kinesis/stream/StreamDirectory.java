package io.hydrant.kinesis.stream;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds streams, and says what kind they are.
 *
 * <p>Methods throw the SDK's exceptions as they are; {@link StreamFailure} judges them. Calls keep
 * to the service's limits for an account by waiting, so a call may take as long as it has pages.
 *
 * <p>Used by one thread; {@link #close()} may be called from another.
 */
public interface StreamDirectory extends AutoCloseable {

    /** The stream with that name, in the account and the region of the connection. */
    StreamArn arnOf(String name);

    /** All streams of the account and the region whose whole name matches, by name. */
    List<StreamArn> matching(Pattern name);

    /** What the stream says of itself. */
    StreamFacts describe(StreamArn stream);

    @Override
    void close();
}
