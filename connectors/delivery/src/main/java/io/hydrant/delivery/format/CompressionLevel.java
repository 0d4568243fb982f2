package io.hydrant.delivery.format;

import java.io.Serializable;
import java.util.Objects;
import java.util.zip.Deflater;

/**
 * How hard a compression tries: {@code default}, {@code fast}, or a number from {@code 1}, up to
 * {@code 9} for DEFLATE (GZIP, ZIP) and up to {@code 19} for Zstandard. Snappy knows no levels.
 *
 * <p>{@code default} of DEFLATE is the library's own, 6; {@code fast} is {@code 1}, for GZIP
 * ISA-L's level 1 through a native library, several times faster than {@code java.util.zip} at a
 * somewhat lower ratio, where that library loads. Both are one of Zstandard: a setting for records,
 * faster than the library's own level 3 and on JSON lines no larger. Every level is the same format
 * to a reader.
 */
public final class CompressionLevel implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int HIGHEST = 19;

    /** What suits most: 6 of {@code java.util.zip}, the setting for records of Zstandard. */
    public static final CompressionLevel DEFAULT =
            new CompressionLevel("default", Deflater.DEFAULT_COMPRESSION);

    /** The native level, for those whose bottleneck is the processor. */
    public static final CompressionLevel FAST = new CompressionLevel("fast", Deflater.BEST_SPEED);

    private final String text;
    private final int number;

    private CompressionLevel(String text, int number) {
        this.text = text;
        this.number = number;
    }

    /**
     * The level of that name.
     *
     * @throws IllegalArgumentException if it is none of {@code default}, {@code fast}, {@code 1} to
     *     {@code 19}
     */
    public static CompressionLevel parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.equals(DEFAULT.text)) {
            return DEFAULT;
        }
        if (text.equals(FAST.text)) {
            return FAST;
        }
        if (text.matches("[1-9]|1[0-9]")) {
            return new CompressionLevel(text, Integer.parseInt(text));
        }
        throw new IllegalArgumentException(
                "'"
                        + text
                        + "' is no compression level; default, fast, or 1 to 9, for ZSTD 1 to "
                        + HIGHEST);
    }

    /** Whether the compression has this level. */
    boolean suits(Compression compression) {
        return number <= Deflater.BEST_COMPRESSION || compression == Compression.ZSTD;
    }

    int zlibLevel() {
        return number;
    }

    ZstdCodec zstd() {
        return equals(DEFAULT) || equals(FAST) ? ZstdCodec.forRecords() : ZstdCodec.ofLevel(number);
    }

    RawDeflate deflate() {
        if (text.equals(FAST.text)) {
            RawDeflate isaL = IsaLDeflate.openOrNull();
            if (isaL != null) {
                return isaL;
            }
        }
        return new ZlibDeflate(number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompressionLevel that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The name that {@link #parse} takes. */
    @Override
    public String toString() {
        return text;
    }
}
