package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import com.intel.gkl.compression.IntelDeflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;

/**
 * DEFLATE by ISA-L level 1, through the native library that {@code com.intel.gkl} carries for Linux
 * on x86-64 and for macOS.
 *
 * <p>That deflater takes input only from the start of an array (it ignores the offset), writes only
 * to the start of an array, refuses empty input, and throws where the whole result of a call does
 * not fit.
 */
final class IsaLDeflate implements RawDeflate {

    private static final Logger LOG = LoggerFactory.getLogger(IsaLDeflate.class);

    /** A last block of fixed codes that holds nothing. */
    private static final byte[] EMPTY = {3, 0};

    /** Loads the library once per class loader and says once where it cannot. */
    private static final class Library {
        static final boolean LOADED = load(() -> new IntelDeflater().load(null));
    }

    private final IntelDeflater deflater = new IntelDeflater(Deflater.BEST_SPEED, true);
    private byte[] input = new byte[0];
    private byte[] output = new byte[0];

    private IsaLDeflate() {}

    /** A deflater, or null where the native library does not load. */
    static IsaLDeflate openOrNull() {
        return Library.LOADED ? new IsaLDeflate() : null;
    }

    static boolean load(BooleanSupplier library) {
        try {
            if (library.getAsBoolean()) {
                return true;
            }
            LOG.info(
                    "Compression level 'fast': the native deflater does not load on {} {}, so java.util.zip level 1 is used",
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"));
        } catch (LinkageError | RuntimeException e) {
            LOG.info(
                    "Compression level 'fast': the native deflater does not load on {} {} ({}), so java.util.zip level 1 is used",
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    e.toString());
        }
        return false;
    }

    @Override
    public void deflate(byte[] block, int offset, int length, GrowingBytes out) {
        if (length == 0) {
            out.write(EMPTY);
            return;
        }
        int room = roomFor(length);
        if (output.length < room) {
            output = new byte[room];
        }
        deflater.reset();
        deflater.setInput(fromStart(block, offset, length), 0, length);
        deflater.finish();
        out.write(output, 0, deflater.deflate(output, 0, output.length));
    }

    @Override
    public void close() {
        deflater.end();
    }

    private byte[] fromStart(byte[] block, int offset, int length) {
        if (offset == 0) {
            return block;
        }
        if (input.length < length) {
            input = new byte[length];
        }
        System.arraycopy(block, offset, input, 0, length);
        return input;
    }

    /** What does not compress is stored, five bytes longer per block of 64 KiB; this is ample. */
    private static int roomFor(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8, length + length / 8L + 1024);
    }
}
