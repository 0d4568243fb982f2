package io.hydrant.launcher.soak;

import io.hydrant.kinesis.sink.BatchPutter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Makes records that can be told apart: JSON of a number, a group, and filling of any length. */
final class SoakRecords {

    private static final int LARGE_ONE_IN = 200;
    private static final int LARGE_BYTES = 300_000;

    /** More than a part of 5 MiB. */
    private static final int OBJECT_OF_PARTS_BYTES = 6_000_000;

    private static final int SMALL_BYTES = 1_500;

    /** Of these the objects of three tasks do not fit what may wait in each one's memory. */
    private static final int MANY = 1_200;

    private static final int EACH_OF_MANY_BYTES = 16_000;
    private static final int GROUPS = 400;

    /** Records of one cell have one partition key, so that they are in their order in a shard. */
    private static final int CELLS = 97;

    private static final int REMOVES_ONE_IN = 7;
    private static final String NUMBER = "{\"number\":";
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

    private final RandomGenerator random;
    private long next;

    SoakRecords(RandomGenerator random) {
        this.random = random;
    }

    /** Records made so far. */
    long made() {
        return next;
    }

    /** Puts that many new records. */
    void put(BatchPutter putter, int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            long number = next++;
            int filling =
                    random.nextInt(LARGE_ONE_IN) == 0
                            ? random.nextInt(LARGE_BYTES)
                            : random.nextInt(SMALL_BYTES);
            putter.put("key-" + cellOf(number), record(number, filling));
        }
        putter.flush();
    }

    /** What a record is of that replaces others: one of few. */
    static long cellOf(long number) {
        return number % CELLS;
    }

    /** Whether a record removes what is in its cell, where records replace others. */
    static boolean removes(long number) {
        return number % REMOVES_ONE_IN == 0;
    }

    /** A jq query that says the same of a record. */
    static String operationQuery() {
        return "{operation: (if .number % "
                + REMOVES_ONE_IN
                + " == 0 then \"delete\" else \"update\" end)}";
    }

    private static byte[] record(long number, int filling) {
        byte[] head =
                (NUMBER
                                + number
                                + ",\"group\":\""
                                + number % GROUPS
                                + "\",\"cell\":"
                                + cellOf(number)
                                + ",\"filling\":\"")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] data = Arrays.copyOf(head, head.length + filling + END.length);
        Arrays.fill(data, head.length, head.length + filling, (byte) ('a' + number % 26));
        System.arraycopy(END, 0, data, head.length + filling, END.length);
        return data;
    }

    /** Puts large records into one shard until an object must be uploaded in parts. */
    void putOneLargeObject(BatchPutter putter) throws IOException, InterruptedException {
        for (int bytes = 0; bytes < OBJECT_OF_PARTS_BYTES; bytes += LARGE_BYTES) {
            putter.put("large", record(next++, LARGE_BYTES));
        }
        putter.flush();
    }

    /** Puts a few records for each group, more in all than may wait in memory. */
    void putManySmallObjects(BatchPutter putter) throws IOException, InterruptedException {
        for (int i = 0; i < MANY; i++) {
            long number = next++;
            putter.put("key-" + cellOf(number), record(number, EACH_OF_MANY_BYTES));
        }
        putter.flush();
    }

    /** The number that a record or a line begins with. */
    static long numberOf(String text) throws IOException {
        int comma = text.indexOf(',');
        if (!text.startsWith(NUMBER) || comma < 0) {
            throw new IOException(
                    "A line that no record can have been was delivered: "
                            + text.substring(0, Math.min(80, text.length())));
        }
        return Long.parseLong(text, NUMBER.length(), comma, 10);
    }
}
