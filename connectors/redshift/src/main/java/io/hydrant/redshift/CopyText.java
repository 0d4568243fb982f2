package io.hydrant.redshift;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows as PostgreSQL's COPY reads them. Source: PostgreSQL manual, "COPY", text format. */
final class CopyText {

    private CopyText() {}

    /** Adds a row. */
    static void append(List<String> values, GrowingBytes out) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.write('\t');
            }
            String value = values.get(i);
            if (value == null) {
                out.write('\\');
                out.write('N');
            } else {
                append(value, out);
            }
        }
        out.write('\n');
    }

    /** In UTF-8 no byte of a longer character looks like one of these. */
    private static void append(String value, GrowingBytes out) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            char name =
                    switch (bytes[i]) {
                        case '\\' -> '\\';
                        case '\t' -> 't';
                        case '\n' -> 'n';
                        case '\r' -> 'r';
                        default -> 0;
                    };
            if (name != 0) {
                out.write(bytes, from, i - from);
                out.write('\\');
                out.write(name);
                from = i + 1;
            }
        }
        out.write(bytes, from, bytes.length - from);
    }
}
