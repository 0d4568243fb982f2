package io.hydrant.localstack.bench.cases;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;

import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Flights out of the heap as the records of a stream that nobody has to read. */
public final class MemoryFlights implements GeneratorFunction<Long, Envelope> {

    private static final long serialVersionUID = 1L;

    /** As many user records as a KPL aggregate of these flights holds. */
    private static final int PER_SEQUENCE_NUMBER = 130;

    /** Together 56 digits, as Kinesis has them. */
    private static final String SEQUENCE_BEGIN = "4965029311846752093184675209318467520";

    private static final long SEQUENCE_END = 1_000_000_000_000_000_000L;

    private static final long FIRST_ARRIVAL = 1_370_000_000_000L;
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final AtomicLong FIRST_READ = new AtomicLong();

    /** Shared by the subtasks: they are in this JVM, and a copy each would be counted as memory. */
    private static volatile FlightLines shared;

    private final int arrivalHours;
    private long sequenceNumber = -1;
    private String sequence;

    private MemoryFlights(int arrivalHours) {
        this.arrivalHours = arrivalHours;
    }

    /**
     * A source of flights.
     *
     * @param records how many
     * @param arrivalHours over how many hours of arrival they are spread, evenly
     */
    public static DataGeneratorSource<Envelope> source(
            FlightLines lines, long records, int arrivalHours) {
        shared = lines;
        return new DataGeneratorSource<>(
                new MemoryFlights(arrivalHours), records, EnvelopeTypeInformation.INSTANCE);
    }

    /**
     * A source of flights that goes on whenever a checkpoint is complete.
     *
     * @param records how many
     * @param perCheckpoint how many come before each checkpoint, over all tasks
     */
    public static DataGeneratorSource<Envelope> inBatches(
            FlightLines lines, long records, int perCheckpoint) {
        shared = lines;
        return new DataGeneratorSource<>(
                new MemoryFlights(1),
                records,
                RateLimiterStrategy.perCheckpoint(perCheckpoint),
                EnvelopeTypeInformation.INSTANCE);
    }

    /** When the first record was asked for, 0 if none was. */
    static long firstReadMillis() {
        return FIRST_READ.get();
    }

    @Override
    public Envelope map(Long number) {
        if (FIRST_READ.get() == 0) {
            FIRST_READ.compareAndSet(0, System.currentTimeMillis());
        }
        long aggregate = number / PER_SEQUENCE_NUMBER;
        if (aggregate != sequenceNumber) {
            sequenceNumber = aggregate;
            sequence = SEQUENCE_BEGIN + (SEQUENCE_END + aggregate);
        }
        byte[] line = shared.line(number);
        return new Envelope(
                "flights",
                "shardId-000000000000",
                sequence,
                number % PER_SEQUENCE_NUMBER,
                "flight",
                FIRST_ARRIVAL + number % arrivalHours * HOUR,
                line,
                0,
                line.length);
    }
}
