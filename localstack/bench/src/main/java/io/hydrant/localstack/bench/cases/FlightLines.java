package io.hydrant.localstack.bench.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Flights as JSON documents, by number, as many as asked for: behind the last one they begin anew,
 * with the round in front of their ids.
 */
public final class FlightLines {

    private static final byte[] ID = "{\"id\":\"".getBytes(StandardCharsets.UTF_8);

    private final byte[] bytes;
    private final int[] starts;

    private FlightLines(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /**
     * Reads a file of lines into the heap.
     *
     * @throws IOException if it cannot be read, or if a line does not begin with its id
     */
    public static FlightLines read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int[] starts = new int[1024];
        int count = 0;
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (!startsWithId(bytes, start, i)) {
                throw new IOException(
                        "Line " + (count + 1) + " of " + file + " does not begin with an id");
            }
            // One more than lines: the end of the last one is where the next would begin.
            if (count + 1 == starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            start = i + 1;
            starts[++count] = start;
        }
        if (count == 0 || start != bytes.length) {
            throw new IOException(file + " does not hold whole lines");
        }
        return new FlightLines(bytes, Arrays.copyOf(starts, count + 1));
    }

    /** How many there are before they begin anew. */
    public int distinct() {
        return starts.length - 1;
    }

    /** Bytes of the first {@code records} documents, with a newline each. */
    public long bytes(long records) {
        long sum = 0;
        for (long i = 0; i < records; i++) {
            sum += length(i) + 1;
        }
        return sum;
    }

    private int length(long number) {
        int index = (int) (number % distinct());
        long round = number / distinct();
        int own = starts[index + 1] - 1 - starts[index];
        return round == 0 ? own : own + mark(round).length;
    }

    private static byte[] mark(long round) {
        return (round + "-").getBytes(StandardCharsets.UTF_8);
    }

    /** One document, without its newline; the array is the caller's. */
    public byte[] line(long number) {
        int index = (int) (number % distinct());
        long round = number / distinct();
        int from = starts[index];
        int to = starts[index + 1] - 1;
        if (round == 0) {
            return Arrays.copyOfRange(bytes, from, to);
        }
        byte[] mark = mark(round);
        byte[] line = new byte[to - from + mark.length];
        System.arraycopy(bytes, from, line, 0, ID.length);
        System.arraycopy(mark, 0, line, ID.length, mark.length);
        System.arraycopy(
                bytes, from + ID.length, line, ID.length + mark.length, to - from - ID.length);
        return line;
    }

    private static boolean startsWithId(byte[] bytes, int from, int to) {
        return to - from >= ID.length
                && Arrays.equals(bytes, from, from + ID.length, ID, 0, ID.length);
    }
}
