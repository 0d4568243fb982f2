package io.hydrant.delivery.ledger;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random shards, cut into random interleaved objects, then damaged in a known way. What the audit
 * must say is worked out a second time on plain indices, without ranges, text or fingerprints.
 */
class LedgerAuditPropertyTest {

    private static final String SHARD = "shard-0";

    @Property(tries = 400)
    void whatIsDeliveredOnceIsComplete(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int records) {
        Delivery delivery = Delivery.random(seed, records);

        AuditReport report = delivery.audit(0);

        assertThat(report.complete()).isTrue();
        assertThat(report.inStream()).isEqualTo(records);
        assertThat(report.data().records()).isEqualTo(records);
        assertThat(report.shards().get(0).accounted()).isEqualTo(records);
        assertThat(report.shards().get(0).findings()).isEmpty();
    }

    @Property(tries = 400)
    void oneLostRecordIsMissingOrPendingNeverUnseen(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int records) {
        Delivery delivery = Delivery.random(seed, records);
        delivery.lose(delivery.random.nextInt(records));

        AuditReport report = delivery.audit(0);

        assertThat(report.missing() + report.pending()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
        delivery.assertExact(report);
    }

    @Property(tries = 400)
    void oneRepeatedRecordIsDoubled(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int records) {
        Delivery delivery = Delivery.random(seed, records);
        delivery.repeat(delivery.random.nextInt(records));

        AuditReport report = delivery.audit(0);

        assertThat(report.doubled()).isEqualTo(1);
        assertThat(report.missing() + report.pending()).isZero();
        assertThat(report.consistent()).isFalse();
        delivery.assertExact(report);
    }

    @Property(tries = 400)
    void oneLostAndAnotherRepeatedRecordDoNotCancelOut(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 120) int records) {
        Delivery delivery = Delivery.random(seed, records);
        int lost = delivery.random.nextInt(records);
        int repeated = (lost + 1 + delivery.random.nextInt(records - 1)) % records;
        delivery.repeat(repeated);
        delivery.lose(lost);

        AuditReport report = delivery.audit(0);

        assertThat(report.consistent()).isFalse();
        delivery.assertExact(report);
    }

    @Property(tries = 400)
    void recordsThatTheStreamNoLongerHoldsAreReportedAndNoError(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 120) int records) {
        Delivery delivery = Delivery.random(seed, records);
        int trimmed = 1 + delivery.random.nextInt(records);

        AuditReport report = delivery.audit(trimmed);

        assertThat(report.complete()).isTrue();
        assertThat(report.inStream()).isEqualTo(records - trimmed);
        assertThat(report.beyondRetention()).isEqualTo(trimmed);
    }

    /** One shard's records, by index, and which object holds which. */
    private static final class Delivery {

        final Random random;
        private final List<RecordPosition> stream = new ArrayList<>();
        private final List<List<Integer>> objects = new ArrayList<>();

        private Delivery(long seed) {
            random = new Random(seed);
        }

        static Delivery random(long seed, int records) {
            Delivery delivery = new Delivery(seed);
            delivery.fillStream(records);
            delivery.cutIntoObjects();
            return delivery;
        }

        /** Sequence numbers cross powers of ten; some records are aggregates. */
        private void fillStream(int records) {
            long sequence = random.nextInt(120);
            while (stream.size() < records) {
                int aggregated = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
                for (int sub = 0; sub < aggregated && stream.size() < records; sub++) {
                    stream.add(new RecordPosition(Long.toString(sequence), sub));
                }
                sequence += 1 + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 9);
            }
        }

        /** Up to three objects are open side by side, and each is closed now and then. */
        private void cutIntoObjects() {
            int side = 1 + random.nextInt(3);
            List<List<Integer>> open = new ArrayList<>();
            for (int i = 0; i < side; i++) {
                open.add(new ArrayList<>());
            }
            for (int i = 0; i < stream.size(); i++) {
                int which = random.nextInt(side);
                open.get(which).add(i);
                if (random.nextInt(6) == 0) {
                    objects.add(open.set(which, new ArrayList<>()));
                }
            }
            objects.addAll(open);
            objects.removeIf(List::isEmpty);
        }

        void lose(int record) {
            for (List<Integer> object : objects) {
                if (object.remove((Integer) record)) {
                    break;
                }
            }
            objects.removeIf(List::isEmpty);
        }

        void repeat(int record) {
            if (random.nextBoolean()) {
                objects.add(new ArrayList<>(List.of(record)));
            } else {
                objects.get(random.nextInt(objects.size())).add(record);
            }
        }

        AuditReport audit(int trimmed) {
            LedgerAudit audit = new LedgerAudit();
            for (List<Integer> object : objects) {
                LedgerTally tally = new LedgerTally();
                for (int record : object) {
                    RecordPosition position = stream.get(record);
                    tally.add(
                            Envelopes.at(
                                    SHARD, position.sequence(), position.subSequence(), record));
                }
                UUID id = new UUID(random.nextLong(), random.nextLong());
                audit.add(
                        LedgerEntry.ofObject(
                                id, EntryKind.DATA, "s3://b/" + id, 1, 1, tally, "d", "1"));
            }
            audit.beginShard("flights", SHARD);
            for (int i = trimmed; i < stream.size(); i++) {
                audit.record(stream.get(i).sequence(), stream.get(i).subSequence(), i);
            }
            audit.endShard();
            return audit.report();
        }

        /** Every number of the report, from the indices alone. */
        void assertExact(AuditReport report) {
            int[] times = new int[stream.size()];
            boolean[] joined = new boolean[stream.size()];
            boolean[] covered = new boolean[stream.size()];
            for (List<Integer> object : objects) {
                object.forEach(record -> times[record]++);
                TreeSet<Integer> sorted = new TreeSet<>(object);
                for (int i = sorted.first(); i <= sorted.last(); i++) {
                    covered[i] = true;
                    joined[i] |= i > sorted.first();
                }
            }
            long missing = 0;
            long doubled = 0;
            long exchanged = 0;
            long gap = 0;
            int at = 0;
            while (at < times.length) {
                if (!covered[at]) {
                    gap++;
                    at++;
                    continue;
                }
                missing += gap;
                gap = 0;
                int balance = 0;
                boolean same = true;
                do {
                    balance += times[at] - 1;
                    same &= times[at] == 1;
                    at++;
                } while (at < times.length && joined[at]);
                missing += Math.max(0, -balance);
                doubled += Math.max(0, balance);
                exchanged += balance == 0 && !same ? 1 : 0;
            }
            assertThat(report.missing()).isEqualTo(missing);
            assertThat(report.doubled()).isEqualTo(doubled);
            assertThat(report.pending()).isEqualTo(gap);
            assertThat(report.shards().get(0).exchanged()).isEqualTo(exchanged);
        }
    }
}
