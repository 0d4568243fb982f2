package io.hydrant.kinesis.aggregation;

import io.hydrant.kinesis.stream.HashKey;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Packs user records into one Kinesis record as the Kinesis Producer Library does: partition keys
 * and explicit hash keys are held once each, and the record is sent to the shard of its first user
 * record by explicit hash key. A single user record is sent as it is, unless it has a stamp or
 * looks like an aggregate.
 *
 * <p>The caller has to give it only user records of one shard, or readers will leave out those of
 * the others ({@link OutOfRange}), and to refuse a user record that is too large alone ({@link
 * #sizeOfOne} where {@link #looksAggregated}).
 *
 * <p>Source: {@code aggregation-format.md} of the KPL; size limit after its {@code
 * AggregationMaxSize}.
 *
 * <p>Not thread-safe.
 */
public final class KplAggregator {

    /** The KPL's own limit, 50 KiB: two payload units of a provisioned shard. */
    public static final int DEFAULT_MAX_BYTES = 51_200;

    /** The service's limit for data and partition key of one record, 1 MiB, less the key. */
    public static final int LARGEST_MAX_BYTES = 1024 * 1024 - 256;

    /** The partition key that the KPL gives an aggregate; its hash key decides the shard. */
    private static final String AGGREGATE_PARTITION_KEY = "a";

    private static final byte[] TAG_KEY = ProducerStamp.TAG_KEY.getBytes(StandardCharsets.US_ASCII);

    private final int maxBytes;
    private final MessageDigest md5 = HashKey.md5();
    private final Map<String, Integer> partitionKeys = new LinkedHashMap<>();
    private final Map<String, Integer> explicitHashKeys = new LinkedHashMap<>();
    private final MessageBuffer partitionKeyTable = new MessageBuffer();
    private final MessageBuffer explicitHashKeyTable = new MessageBuffer();
    private final MessageBuffer records = new MessageBuffer();
    private int userRecords;
    private String firstPartitionKey;
    private String firstExplicitHashKey;
    private int firstDataLength;

    /** The producer of the last stamp; null where none was added yet. */
    private String lastProducer;

    /**
     * An empty aggregator.
     *
     * @param maxBytes size that an aggregate of several user records never passes, frame included
     * @throws IllegalArgumentException when it is not from 64 to {@link #LARGEST_MAX_BYTES}
     */
    public KplAggregator(int maxBytes) {
        if (maxBytes < 64 || maxBytes > LARGEST_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "The size of an aggregate must be from 64 to "
                            + LARGEST_MAX_BYTES
                            + " bytes, but is "
                            + maxBytes);
        }
        this.maxBytes = maxBytes;
    }

    /**
     * Whether a payload has to go inside an aggregate even alone, because readers would take it for
     * one.
     */
    public static boolean looksAggregated(byte[] data) {
        return AggregateFormat.hasFrame(data, 0, data.length);
    }

    /**
     * Bytes of the Kinesis record, its partition key included, that an aggregate of one user record
     * makes.
     *
     * @param partitionKeyBytes bytes of the user record's partition key in UTF-8
     * @param explicitHashKey its explicit hash key, decimal, or null
     * @param dataLength bytes of its payload
     * @param stamp its stamp, or null
     */
    public static int sizeOfOne(
            int partitionKeyBytes, String explicitHashKey, int dataLength, ProducerStamp stamp) {
        int body =
                recordLength(0, explicitHashKey == null ? -1 : 0, dataLength)
                        + (stamp == null ? 0 : fieldLength(tagLength(stamp, true)));
        return partitionKeyBytes
                + AggregateFormat.FRAME_LENGTH
                + fieldLength(partitionKeyBytes)
                + (explicitHashKey == null ? 0 : fieldLength(explicitHashKey.length()))
                + fieldLength(body);
    }

    /**
     * Adds a user record if it fits; one that is first always fits.
     *
     * @param partitionKey its partition key
     * @param explicitHashKey its explicit hash key, decimal, or null
     * @return false when the aggregate has to be built first
     */
    public boolean add(
            String partitionKey, String explicitHashKey, byte[] data, int offset, int length) {
        return add(partitionKey, explicitHashKey, data, offset, length, null);
    }

    /**
     * Adds a user record if it fits; one that is first always fits.
     *
     * @param partitionKey its partition key
     * @param explicitHashKey its explicit hash key, decimal, or null
     * @param stamp tells its copies from other records, or null; with one, a user record goes
     *     inside an aggregate even alone
     * @return false when the aggregate has to be built first
     */
    public boolean add(
            String partitionKey,
            String explicitHashKey,
            byte[] data,
            int offset,
            int length,
            ProducerStamp stamp) {
        Integer knownKey = partitionKeys.get(partitionKey);
        Integer knownHash = explicitHashKey == null ? null : explicitHashKeys.get(explicitHashKey);
        byte[] newKey = knownKey == null ? partitionKey.getBytes(StandardCharsets.UTF_8) : null;
        byte[] newHash =
                explicitHashKey != null && knownHash == null
                        ? explicitHashKey.getBytes(StandardCharsets.UTF_8)
                        : null;
        int keyIndex = knownKey == null ? partitionKeys.size() : knownKey;
        int hashIndex =
                explicitHashKey == null
                        ? -1
                        : knownHash == null ? explicitHashKeys.size() : knownHash;
        byte[] tag = stamp == null ? null : tag(stamp, !stamp.producer().equals(lastProducer));
        int body =
                recordLength(keyIndex, hashIndex, length)
                        + (tag == null ? 0 : fieldLength(tag.length));
        int more =
                fieldLength(body)
                        + (newKey == null ? 0 : fieldLength(newKey.length))
                        + (newHash == null ? 0 : fieldLength(newHash.length));
        if (userRecords > 0 && sizeBytes() + more > maxBytes) {
            return false;
        }
        if (newKey != null) {
            partitionKeys.put(partitionKey, keyIndex);
            partitionKeyTable.field(AggregateFormat.PARTITION_KEY_TABLE, newKey, 0, newKey.length);
        }
        if (newHash != null) {
            explicitHashKeys.put(explicitHashKey, hashIndex);
            explicitHashKeyTable.field(
                    AggregateFormat.EXPLICIT_HASH_KEY_TABLE, newHash, 0, newHash.length);
        }
        records.varint(AggregateFormat.RECORDS);
        records.varint(body);
        records.varint(AggregateFormat.RECORD_PARTITION_KEY_INDEX);
        records.varint(keyIndex);
        if (hashIndex >= 0) {
            records.varint(AggregateFormat.RECORD_EXPLICIT_HASH_KEY_INDEX);
            records.varint(hashIndex);
        }
        records.field(AggregateFormat.RECORD_DATA, data, offset, length);
        if (tag != null) {
            records.field(AggregateFormat.RECORD_TAGS, tag, 0, tag.length);
            lastProducer = stamp.producer();
        }
        if (userRecords++ == 0) {
            firstPartitionKey = partitionKey;
            firstExplicitHashKey = explicitHashKey;
            firstDataLength = length;
        }
        return true;
    }

    /** User records added since the last {@link #build()}. */
    public int userRecords() {
        return userRecords;
    }

    /** Bytes that the aggregate would have now, frame included. */
    public int sizeBytes() {
        return AggregateFormat.FRAME_LENGTH
                + partitionKeyTable.length()
                + explicitHashKeyTable.length()
                + records.length();
    }

    /**
     * The record to send; the aggregator is empty afterwards.
     *
     * @throws IllegalStateException when nothing was added
     */
    public AggregatedRecord build() {
        if (userRecords == 0) {
            throw new IllegalStateException("An aggregate needs at least one user record");
        }
        AggregatedRecord built = userRecords == 1 ? single() : aggregate();
        partitionKeys.clear();
        explicitHashKeys.clear();
        partitionKeyTable.clear();
        explicitHashKeyTable.clear();
        records.clear();
        userRecords = 0;
        lastProducer = null;
        return built;
    }

    /** Alone, a user record goes as it is, unless a reader would take its payload apart. */
    private AggregatedRecord single() {
        if (lastProducer != null) {
            return aggregate();
        }
        byte[] data = records.copyTail(firstDataLength);
        return looksAggregated(data)
                ? aggregate()
                : new AggregatedRecord(firstPartitionKey, firstExplicitHashKey, data, 1);
    }

    private AggregatedRecord aggregate() {
        byte[] data = new byte[sizeBytes()];
        AggregateFormat.putMagic(data);
        int end = AggregateFormat.MAGIC_LENGTH;
        end = partitionKeyTable.copyTo(data, end);
        end = explicitHashKeyTable.copyTo(data, end);
        end = records.copyTo(data, end);
        md5.update(data, AggregateFormat.MAGIC_LENGTH, end - AggregateFormat.MAGIC_LENGTH);
        try {
            md5.digest(data, end, AggregateFormat.DIGEST_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("MD5 has 16 bytes", e);
        }
        if (userRecords == 1) {
            // Its own keys lead to its shard, and tell readers of other kinds more.
            return new AggregatedRecord(firstPartitionKey, firstExplicitHashKey, data, 1);
        }
        String hashKey =
                firstExplicitHashKey != null
                        ? firstExplicitHashKey
                        : HashKey.ofPartitionKey(firstPartitionKey).decimal();
        return new AggregatedRecord(AGGREGATE_PARTITION_KEY, hashKey, data, userRecords);
    }

    /** The tag that carries a stamp; the format has text only. */
    private static byte[] tag(ProducerStamp stamp, boolean namesProducer) {
        byte[] tag = new byte[tagLength(stamp, namesProducer)];
        int key = TAG_KEY.length;
        tag[0] = AggregateFormat.TAG_KEY;
        tag[1] = (byte) key;
        System.arraycopy(TAG_KEY, 0, tag, 2, key);
        tag[2 + key] = AggregateFormat.TAG_VALUE;
        tag[3 + key] = (byte) (tag.length - 4 - key);
        int end = 4 + key + digits(stamp.number());
        long rest = stamp.number();
        for (int i = end - 1; i >= 4 + key; i--) {
            tag[i] =
                    (byte)
                            Character.forDigit(
                                    (int) (rest % ProducerStamp.RADIX), ProducerStamp.RADIX);
            rest /= ProducerStamp.RADIX;
        }
        if (namesProducer) {
            tag[end] = (byte) ProducerStamp.BEFORE_PRODUCER;
            byte[] producer = stamp.producer().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(producer, 0, tag, end + 1, producer.length);
        }
        return tag;
    }

    /** A producer's name has characters of one byte. */
    private static int tagLength(ProducerStamp stamp, boolean namesProducer) {
        return 4
                + TAG_KEY.length
                + digits(stamp.number())
                + (namesProducer ? 1 + stamp.producer().length() : 0);
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= ProducerStamp.RADIX; rest /= ProducerStamp.RADIX) {
            digits++;
        }
        return digits;
    }

    private static int recordLength(int keyIndex, int hashIndex, int dataLength) {
        return 1
                + AggregateFormat.varintLength(keyIndex)
                + (hashIndex < 0 ? 0 : 1 + AggregateFormat.varintLength(hashIndex))
                + fieldLength(dataLength);
    }

    private static int fieldLength(int contentLength) {
        return 1 + AggregateFormat.varintLength(contentLength) + contentLength;
    }
}
