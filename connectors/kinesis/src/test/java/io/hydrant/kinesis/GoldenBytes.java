package io.hydrant.kinesis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** State as an earlier version wrote it, kept as lines of hexadecimal digits. */
public final class GoldenBytes {

    private GoldenBytes() {}

    /** Reads {@code /state/<name>.hex}. */
    public static byte[] read(String name) throws IOException {
        try (InputStream in = GoldenBytes.class.getResourceAsStream("/state/" + name + ".hex")) {
            if (in == null) {
                throw new IOException("There is no resource /state/" + name + ".hex");
            }
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }
}
