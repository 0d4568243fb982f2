package io.hydrant.delivery.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Compares bytes of a document with a text that was there in the document before. Texts that name
 * fields are short, and for those this is faster than comparing ranges of arrays is in Java.
 */
public final class ExpectedText {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ExpectedText() {}

    /** Whether the bytes from {@code from} on, which are at least as many, begin with the text. */
    public static boolean isAt(byte[] bytes, int from, byte[] text) {
        int length = text.length;
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (bytes[from + i] != text[i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if (!isWordAt(bytes, from, text, i)) {
                return false;
            }
        }
        // Looks at some again where the text is not of whole words.
        return isWordAt(bytes, from, text, last);
    }

    private static boolean isWordAt(byte[] bytes, int from, byte[] text, int index) {
        return (long) WORD.get(bytes, from + index) == (long) WORD.get(text, index);
    }
}
