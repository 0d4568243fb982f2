package io.hydrant.localstack.harness.data;

import java.nio.file.Path;
import java.time.Month;
import java.util.Arrays;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The flights that left New York City in 2013, in the order of their scheduled departure.
 *
 * <p>They are read from disk as they are asked for: whoever takes a year needs no more memory than
 * who takes one flight. A month is a month in New York, as in the {@code month} column.
 */
public final class Flights {

    /** How many flights each month has. */
    private static final List<Integer> COUNTS =
            List.of(
                    27_004, 24_951, 28_834, 28_330, 28_796, 28_243, 29_425, 29_327, 27_574, 28_889,
                    27_268, 28_135);

    private final Path folder;

    /**
     * Flights in a folder.
     *
     * @param folder what {@link FlightArchive} filled
     */
    Flights(Path folder) {
        this.folder = folder;
    }

    static Path file(Path folder, Month month) {
        return folder.resolve("2013-%02d.jsonl".formatted(month.getValue()));
    }

    /**
     * The flights of the whole year.
     *
     * @return to be closed; throws {@link java.io.UncheckedIOException} if the cache cannot be read
     */
    public Stream<Flight> stream() {
        return stream(Month.values());
    }

    /**
     * The flights of some months.
     *
     * @param months in the order in which their flights shall come
     * @return to be closed; throws {@link java.io.UncheckedIOException} if the cache cannot be read
     */
    public Stream<Flight> stream(Month... months) {
        FlightReader reader =
                new FlightReader(Arrays.stream(months).map(month -> file(folder, month)).toList());
        return StreamSupport.stream(
                        Spliterators.spliterator(
                                reader,
                                count(months),
                                Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                        false)
                .onClose(reader::close);
    }

    /**
     * How many flights the whole year has.
     *
     * @return 336,776
     */
    public static int count() {
        return count(Month.values());
    }

    /**
     * How many flights some months have.
     *
     * @param months the months
     * @return their sum
     */
    public static int count(Month... months) {
        return Arrays.stream(months).mapToInt(month -> COUNTS.get(month.getValue() - 1)).sum();
    }
}
