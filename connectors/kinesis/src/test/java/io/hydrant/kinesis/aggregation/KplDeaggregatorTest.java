package io.hydrant.kinesis.aggregation;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class KplDeaggregatorTest {

    private static final HashKeyRange LOWER =
            new HashKeyRange(HashKey.MIN, new HashKey(Long.MAX_VALUE, -1));

    @Test
    void readsTheBytesOfTheFormatByHand() {
        // Table "k"; records (key 0, "x") and (key 0, "yz"); written from the format's description.
        byte[] message = HexFormat.of().parseHex("0a016b" + "1a0508001a0178" + "1a0608001a02797a");

        List<Envelope> records = deaggregate(frame(message), HashKeyRange.ALL, OutOfRange.DROP);

        assertThat(records).extracting(KplDeaggregatorTest::text).containsExactly("x", "yz");
        assertThat(records).extracting(Envelope::subSequence).containsExactly(0L, 1L);
        assertThat(records).extracting(Envelope::partitionKey).containsOnly("k");
        assertThat(records).extracting(Envelope::sequence).containsOnly("49");
    }

    @Test
    void slicesTheAggregateInsteadOfCopying() {
        byte[] aggregate = aggregate(List.of("a", "b"));

        List<Envelope> records = deaggregate(aggregate, HashKeyRange.ALL, OutOfRange.DROP);

        assertThat(records).allSatisfy(r -> assertThat(r.payloadArray()).isSameAs(aggregate));
    }

    @Test
    void passesAPlainRecordThroughAsItIs() {
        Envelope plain = envelope("no aggregate".getBytes(StandardCharsets.UTF_8));

        List<Envelope> records = deaggregate(plain, HashKeyRange.ALL, OutOfRange.DROP);

        assertThat(records).singleElement().isSameAs(plain);
    }

    @Test
    void passesAnAggregateWithWrongDigestThroughWhole() {
        byte[] aggregate = aggregate(List.of("a", "b"));
        aggregate[aggregate.length - 1] ^= 1;

        assertPassesWhole(aggregate);
    }

    @Test
    void passesMalformedMessagesWithRightDigestThroughWhole() {
        for (String message :
                List.of(
                        "0a056b", // table entry runs over the end
                        "0a016b1a0508011a0178", // partition key index outside the table
                        "0a016b1a07080010001a0178", // explicit hash key index without a table
                        "0a016b1a031a0178", // no partition key index
                        "0a016b1a020800", // no data
                        "0a016b1aff", // varint without an end
                        "0a016b1a0508001a0578", // data longer than its record
                        "0a016b1a0c08ffffffffffffffffff011a00", // index beyond a long's positives
                        "0a016b1a0a0880808080101a0178", // index that an int would wrap to 0
                        "0a016b1b", // a group, which the format has none of
                        "00016b")) { // field number 0
            assertPassesWhole(frame(HexFormat.of().parseHex(message)));
        }
    }

    @Test
    void passesAnUnreadableExplicitHashKeyThroughWholeWhereItMatters() {
        byte[] aggregate =
                frame(HexFormat.of().parseHex("0a016b1203" + "616263" + "1a07080010001a0178"));

        assertThat(deaggregate(aggregate, LOWER, OutOfRange.DROP))
                .singleElement()
                .extracting(Envelope::payloadLength)
                .isEqualTo(aggregate.length);
    }

    @Test
    void passesAnAggregateWithAPartitionKeyThatCannotBeCarriedThroughWhole() throws Exception {
        assertPassesWhole(aggregateOf("k".repeat(70_000)));

        Envelope longest =
                deaggregate(aggregateOf("\0".repeat(16_384)), HashKeyRange.ALL, OutOfRange.DROP)
                        .get(0);
        DataOutputSerializer out = new DataOutputSerializer(64);
        EnvelopeSerializer.INSTANCE.serialize(longest, out);
        assertThat(longest.partitionKey()).hasSize(16_384);
    }

    @Test
    void skipsTagsAndFieldsItDoesNotKnow() {
        byte[] message =
                HexFormat.of()
                        .parseHex("0a016b" + "2003" + "1a0c08001a0178" + "22030a0174" + "2801");

        assertThat(deaggregate(frame(message), HashKeyRange.ALL, OutOfRange.DROP))
                .extracting(KplDeaggregatorTest::text)
                .containsExactly("x");
    }

    @Test
    void leavesAnAggregateInsideAnAggregateAlone() {
        byte[] inner = aggregate(List.of("a", "b"));
        KplAggregator outer = new KplAggregator(1000);
        assertThat(outer.add("key", null, inner, 0, inner.length)).isTrue();

        List<Envelope> records =
                deaggregate(outer.build().data(), HashKeyRange.ALL, OutOfRange.DROP);

        assertThat(records).singleElement().extracting(Envelope::payloadCopy).isEqualTo(inner);
    }

    @Test
    void dropsOnlyTheUserRecordsThatLieOutsideTheShardAndKeepsTheNumbersOfTheOthers() {
        byte[] aggregate = fourRecordsWithOneOutsideTheLowerHalf();

        List<Envelope> records = deaggregate(aggregate, LOWER, OutOfRange.DROP);

        assertThat(records).extracting(KplDeaggregatorTest::text).containsExactly("0", "1", "3");
        assertThat(records).extracting(Envelope::subSequence).containsExactly(0L, 1L, 3L);
    }

    @Test
    void dropsTheWholeAggregateWhenAskedTo() {
        assertThat(
                        deaggregate(
                                fourRecordsWithOneOutsideTheLowerHalf(),
                                LOWER,
                                OutOfRange.DROP_AGGREGATE))
                .isEmpty();
    }

    @Test
    void emitsUserRecordsOutsideTheShardWhenAskedTo() {
        assertThat(deaggregate(fourRecordsWithOneOutsideTheLowerHalf(), LOWER, OutOfRange.EMIT))
                .hasSize(4);
    }

    @Test
    void judgesByThePartitionKeyWhereNoExplicitHashKeyIsGiven() {
        List<String> keys = new ArrayList<>();
        KplAggregator aggregator = new KplAggregator(10_000);
        for (int i = 0; i < 50; i++) {
            keys.add("key-" + i);
            assertThat(aggregator.add("key-" + i, null, new byte[0], 0, 0)).isTrue();
        }

        List<Envelope> records = deaggregate(aggregator.build().data(), LOWER, OutOfRange.DROP);

        assertThat(records)
                .extracting(Envelope::partitionKey)
                .containsExactlyElementsOf(
                        keys.stream()
                                .filter(k -> LOWER.contains(HashKey.ofPartitionKey(k)))
                                .toList())
                .hasSizeBetween(1, 49);
    }

    @Test
    void countsWhatItTookOutAndWhatItDropped() {
        KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.DROP);
        byte[] aggregate = fourRecordsWithOneOutsideTheLowerHalf();

        deaggregator.deaggregate(envelope(aggregate), LOWER, r -> {});
        deaggregator.deaggregate(envelope(new byte[] {1}), LOWER, r -> {});

        assertThat(deaggregator.userRecords()).isEqualTo(3);
        assertThat(deaggregator.droppedRecords()).isEqualTo(1);
    }

    /** Plain records, aggregates of one size, broken and empty ones, and their stamps. */
    @Property(tries = 100)
    void takesAPageApartAsItDoesItsRecordsOneByOne(
            @ForAll @IntRange(max = 120) int records, @ForAll long seed) {
        Random random = new Random(seed);
        List<Envelope> page = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            byte[] data = aggregate(List.of("first " + i, "second", "third"));
            switch (random.nextInt(10)) {
                case 0 -> data = ("plain " + i).getBytes(StandardCharsets.UTF_8);
                case 1 -> data[4 + random.nextInt(data.length - 4)] ^= 1;
                case 2 -> data = Arrays.copyOf(data, random.nextInt(data.length));
                case 3 -> data = fourRecordsWithOneOutsideTheLowerHalf();
                default -> {}
            }
            page.add(envelope(data));
        }
        List<String> oneByOne = new ArrayList<>();
        KplDeaggregator single = new KplDeaggregator(OutOfRange.DROP);
        page.forEach(
                record ->
                        single.deaggregate(
                                record,
                                LOWER,
                                true,
                                (user, stamp) -> oneByOne.add(told(user, stamp))));

        List<String> together = new ArrayList<>();
        KplDeaggregator paged = new KplDeaggregator(OutOfRange.DROP);
        paged.deaggregate(page, LOWER, true, (user, stamp) -> together.add(told(user, stamp)));

        assertThat(together).isEqualTo(oneByOne);
        assertThat(paged.userRecords()).isEqualTo(single.userRecords());
        assertThat(paged.droppedRecords()).isEqualTo(single.droppedRecords());
    }

    private static String told(Envelope user, ProducerStamp stamp) {
        return user.subSequence() + " " + user.partitionKey() + " " + text(user) + " " + stamp;
    }

    @Property(tries = 300)
    void givesBackWhatTheAggregatorPacked(
            @ForAll @Size(min = 1, max = 200) List<byte[]> payloads,
            @ForAll @IntRange(min = 1, max = 20) int keys) {
        KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            String hash = i % 3 == 0 ? HashKey.ofPartitionKey("h" + i % keys).decimal() : null;
            assertThat(aggregator.add("k" + i % keys, hash, payload, 0, payload.length)).isTrue();
        }

        List<Envelope> records =
                deaggregate(aggregator.build().data(), HashKeyRange.ALL, OutOfRange.DROP);

        assertThat(records).hasSameSizeAs(payloads);
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(records.get(i).payloadCopy()).isEqualTo(payloads.get(i));
        }
    }

    @Property(tries = 2000)
    void neverThrowsWhateverTheMessage(@ForAll @Size(max = 60) byte[] message) {
        byte[] data = frame(message);

        for (HashKeyRange range : List.of(HashKeyRange.ALL, LOWER)) {
            for (Envelope record : deaggregate(data, range, OutOfRange.DROP)) {
                assertThat(record.payloadArray()).isSameAs(data);
            }
        }
    }

    @Property(tries = 2000)
    void neverThrowsWhenOneByteOfTheMessageChanges(
            @ForAll @IntRange(min = 0, max = 90) int place, @ForAll byte value) {
        byte[] good = aggregate(List.of("first", "second", "third"));
        byte[] message = Arrays.copyOfRange(good, 4, good.length - 16);
        message[place % message.length] = value;

        List<Envelope> records = deaggregate(frame(message), LOWER, OutOfRange.EMIT);

        assertThat(records).hasSizeLessThanOrEqualTo(3);
    }

    private static byte[] fourRecordsWithOneOutsideTheLowerHalf() {
        KplAggregator aggregator = new KplAggregator(1000);
        for (int i = 0; i < 4; i++) {
            String hash = i == 2 ? HashKey.MAX.decimal() : "7";
            byte[] payload = String.valueOf(i).getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", hash, payload, 0, payload.length)).isTrue();
        }
        return aggregator.build().data();
    }

    private static void assertPassesWhole(byte[] data) {
        assertThat(deaggregate(data, HashKeyRange.ALL, OutOfRange.DROP))
                .as(HexFormat.of().formatHex(data))
                .singleElement()
                .satisfies(r -> assertThat(r.payloadLength()).isEqualTo(data.length));
    }

    private static byte[] aggregate(List<String> payloads) {
        KplAggregator aggregator = new KplAggregator(10_000);
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            assertThat(aggregator.add("key", null, bytes, 0, bytes.length)).isTrue();
        }
        return aggregator.build().data();
    }

    private static byte[] aggregateOf(String partitionKey) {
        KplAggregator aggregator = new KplAggregator(1_000_000);
        for (byte i = 0; i < 2; i++) {
            assertThat(aggregator.add(partitionKey, null, new byte[] {i}, 0, 1)).isTrue();
        }
        return aggregator.build().data();
    }

    private static byte[] frame(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("f3899ac2"));
        out.writeBytes(message);
        MessageDigest md5 = HashKey.md5();
        out.writeBytes(md5.digest(message));
        return out.toByteArray();
    }

    private static Envelope envelope(byte[] data) {
        return new Envelope("stream", "shardId-0", "49", 0, "outer", 5, data, 0, data.length);
    }

    private static List<Envelope> deaggregate(
            byte[] data, HashKeyRange range, OutOfRange outOfRange) {
        return deaggregate(envelope(data), range, outOfRange);
    }

    private static List<Envelope> deaggregate(
            Envelope record, HashKeyRange range, OutOfRange outOfRange) {
        List<Envelope> records = new ArrayList<>();
        new KplDeaggregator(outOfRange).deaggregate(record, range, records::add);
        return records;
    }

    private static String text(Envelope record) {
        return new String(record.payloadCopy(), StandardCharsets.UTF_8);
    }
}
