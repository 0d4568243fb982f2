package io.hydrant.localstack.bench.stream;

import java.util.Arrays;

/** What a stream is filled with. */
public enum Load {
    /** A Kinesis record for each user record of 300 bytes. */
    PLAIN_300("plain-300", "plain records of 300 B", 300, 1),
    /** A Kinesis record for each user record of a kilobyte. */
    PLAIN_1K("plain-1k", "plain records of 1 KB", 1000, 1),
    /** KPL aggregates of a hundred user records. */
    AGGREGATED("kpl-100", "KPL aggregates of 100 records of 300 B", 300, 100);

    private final String id;
    private final String title;
    private final int recordBytes;
    private final int perKinesisRecord;

    Load(String id, String title, int recordBytes, int perKinesisRecord) {
        this.id = id;
        this.title = title;
        this.recordBytes = recordBytes;
        this.perKinesisRecord = perKinesisRecord;
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static Load of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "There is no load '"
                                                + id
                                                + "'; the loads are "
                                                + Arrays.stream(values()).map(Load::id).toList()));
    }

    /** Name on the command line. */
    public String id() {
        return id;
    }

    /** Name in the tables. */
    public String title() {
        return title;
    }

    /** Bytes of a user record. */
    public int recordBytes() {
        return recordBytes;
    }

    /** User records in a Kinesis record. */
    public int perKinesisRecord() {
        return perKinesisRecord;
    }

    /** Whether Kinesis records are aggregates. */
    public boolean isAggregated() {
        return perKinesisRecord > 1;
    }
}
