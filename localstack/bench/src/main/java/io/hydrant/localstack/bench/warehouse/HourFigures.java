package io.hydrant.localstack.bench.warehouse;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What an hour of commits left, in bytes as if nothing had been scaled down.
 *
 * @param commits commits of the delivery
 * @param committedFiles files that they added
 * @param committedBytes bytes in those
 * @param committedLargeBytes bytes in those of 128 MiB and more
 * @param rewrittenBytes bytes that compactions wrote
 * @param files files at the end
 * @param bytes bytes in them
 * @param largeBytes bytes in files of 128 MiB and more
 */
public record HourFigures(
        int commits,
        long committedFiles,
        long committedBytes,
        long committedLargeBytes,
        long rewrittenBytes,
        long files,
        long bytes,
        long largeBytes) {

    /** Share of the bytes that is in files of 128 MiB and more at the end. */
    @JsonIgnore
    public double largeShare() {
        return bytes == 0 ? 0 : (double) largeBytes / bytes;
    }

    /** The same as the commits left it. */
    @JsonIgnore
    public double committedLargeShare() {
        return committedBytes == 0 ? 0 : (double) committedLargeBytes / committedBytes;
    }

    /** How often a byte was written again. */
    @JsonIgnore
    public double timesRewritten() {
        return committedBytes == 0 ? 0 : (double) rewrittenBytes / committedBytes;
    }
}
