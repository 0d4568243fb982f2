package io.hydrant.delivery.format;

import java.io.Serializable;
import java.util.Objects;
import java.util.zip.Deflater;

/**
 * How hard DEFLATE tries: {@code default}, {@code fast}, or {@code 1} to {@code 9}.
 *
 * <p>{@code fast} uses ISA-L's level 1 through a native library, several times faster than {@code
 * java.util.zip} at a somewhat lower ratio; where the library does not load it is the same as
 * {@code 1}. Every level is the same format to a reader.
 */
public final class CompressionLevel implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The level that {@code java.util.zip} takes by itself, 6. */
    public static final CompressionLevel DEFAULT =
            new CompressionLevel("default", Deflater.DEFAULT_COMPRESSION);

    /** The native level, for those whose bottleneck is the processor. */
    public static final CompressionLevel FAST = new CompressionLevel("fast", Deflater.BEST_SPEED);

    private final String text;
    private final int zlibLevel;

    private CompressionLevel(String text, int zlibLevel) {
        this.text = text;
        this.zlibLevel = zlibLevel;
    }

    /**
     * The level of that name.
     *
     * @throws IllegalArgumentException if it is none of {@code default}, {@code fast}, {@code 1} to
     *     {@code 9}
     */
    public static CompressionLevel parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.equals(DEFAULT.text)) {
            return DEFAULT;
        }
        if (text.equals(FAST.text)) {
            return FAST;
        }
        if (text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9') {
            return new CompressionLevel(text, text.charAt(0) - '0');
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no compression level; default, fast, or 1 to 9");
    }

    RawDeflate deflate() {
        if (text.equals(FAST.text)) {
            RawDeflate isaL = IsaLDeflate.openOrNull();
            if (isaL != null) {
                return isaL;
            }
        }
        return new ZlibDeflate(zlibLevel);
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
