package io.hydrant.localstack.bench.stream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** User records of one size: JSON documents whose ids are their partition keys. */
public final class Payloads {

    /** How many there are before they begin anew. */
    public static final int DISTINCT = 10_000;

    private static final byte[] HEAD = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MIDDLE = "\",\"text\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 10;

    private final byte[][] documents = new byte[DISTINCT][];

    /** Documents of that many bytes; the same ones each time. */
    public Payloads(int bytes) {
        Random random = new Random(bytes);
        for (int i = 0; i < DISTINCT; i++) {
            byte[] document = new byte[bytes];
            int at = put(HEAD, document, 0);
            String id = String.format(Locale.ROOT, "%0" + ID_LENGTH + "d", i);
            at = put(id.getBytes(StandardCharsets.US_ASCII), document, at);
            at = put(MIDDLE, document, at);
            while (at < bytes - TAIL.length) {
                document[at++] = (byte) ('a' + random.nextInt(26));
            }
            put(TAIL, document, at);
            documents[i] = document;
        }
    }

    /** The document in turn; nobody may write to it. */
    public byte[] document(long number) {
        return documents[(int) (number % DISTINCT)];
    }

    /** The partition key of a document: its id. */
    @SuppressWarnings("deprecation") // ASCII, and by far the cheapest way to a string of it
    public static String key(byte[] document) {
        return new String(document, 0, HEAD.length, ID_LENGTH);
    }

    private static int put(byte[] part, byte[] document, int at) {
        System.arraycopy(part, 0, document, at, part.length);
        return at + part.length;
    }
}
