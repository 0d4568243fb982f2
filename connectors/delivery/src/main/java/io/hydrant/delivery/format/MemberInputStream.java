package io.hydrant.delivery.format;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose {@link #available()} is 0 only at its end.
 *
 * <p>{@link java.util.zip.GZIPInputStream} asks for that at the end of each member, and takes 0 for
 * the end of the file. A stream from the network says 0 whenever the next bytes are still on their
 * way, and the rest of the object would be missing without an error.
 */
final class MemberInputStream extends FilterInputStream {

    private static final int BUFFER = 64 * 1024;

    MemberInputStream(InputStream source) {
        super(new BufferedInputStream(source, BUFFER));
    }

    @Override
    public int available() throws IOException {
        int buffered = in.available();
        if (buffered > 0) {
            return buffered;
        }
        in.mark(1);
        if (in.read() < 0) {
            return 0;
        }
        in.reset();
        return 1;
    }
}
