package io.hydrant.delivery.ledger;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that were taken apart, their parts in different objects. */
class PartsTest {

    @Property(tries = 500)
    void partsInWhateverObjectsAccountForTheirRecordOnce(
            @ForAll @IntRange(min = 1, max = 40) int parts,
            @ForAll @IntRange(min = 1, max = 5) int objects,
            @ForAll Random random) {
        LedgerAudit audit = new LedgerAudit();
        entries(parts, objects, random, -1, -1).forEach(audit::add);
        AuditReport report = walked(audit);

        assertThat(report.complete()).isTrue();
        assertThat(report.data().records()).isEqualTo(3);
    }

    @Property(tries = 300)
    void aPartThatIsLostOrDoubledShows(
            @ForAll @IntRange(min = 2, max = 20) int parts,
            @ForAll @IntRange(min = 1, max = 5) int objects,
            @ForAll Random random) {
        int at = random.nextInt(parts);
        LedgerAudit lost = new LedgerAudit();
        entries(parts, objects, new Random(1), at, -1).forEach(lost::add);
        LedgerAudit doubled = new LedgerAudit();
        entries(parts, objects, new Random(1), -1, at).forEach(doubled::add);

        assertThat(walked(lost).complete()).isFalse();
        assertThat(walked(doubled).complete()).isFalse();
    }

    @Test
    void anObjectOfPartsThatCountElsewhereHasALineThatSaysSo() throws IOException {
        LedgerTally tally = new LedgerTally();
        tally.add(Envelopes.at("shard-0", "100", 0, 5), new Part(0, false));
        tally.add(Envelopes.at("shard-0", "100", 0, 5), new Part(1, false));

        assertThat(tally.isEmpty()).isFalse();
        assertThat(tally.records()).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LedgerEntry entry = entry(tally);
        LedgerLine.write(entry, out);
        String line = out.toString(StandardCharsets.UTF_8);
        assertThat(line).contains("\"records\":0").contains("\"count\":0").contains("\"parts\":2");
        assertThat(LedgerLine.read(line)).isEqualTo(entry);
    }

    @Test
    void readsATallyWithPartsOfVersion2() throws IOException {
        LedgerTally tally = new LedgerTally();
        tally.add(Envelopes.at("shard-0", "100", 0, 5), new Part(0, false));
        tally.add(Envelopes.at("shard-0", "100", 1, 6));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tally.writeTo(new DataOutputStream(out));
        byte[] golden;
        try (InputStream in = getClass().getResourceAsStream("/ledger-tally-v2.bin")) {
            golden = in.readAllBytes();
        }

        assertThat(out.toByteArray()).isEqualTo(golden);
        LedgerTally read =
                LedgerTally.readFrom(new DataInputStream(new ByteArrayInputStream(golden)));
        assertThat(read.shards()).isEqualTo(tally.shards());
        assertThat(read.shards().get(0).parts()).isEqualTo(1);
        assertThat(read.records()).isEqualTo(1);
    }

    /** Three records, the second in parts that lie in objects at random. */
    private static List<LedgerEntry> entries(
            int parts, int objects, Random random, int lost, int doubled) {
        List<LedgerTally> tallies = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            tallies.add(new LedgerTally());
        }
        tallies.get(0).add(record(1));
        for (int i = 0; i < parts; i++) {
            int times = i == lost ? 0 : i == doubled ? 2 : 1;
            for (int time = 0; time < times; time++) {
                tallies.get(random.nextInt(objects)).add(record(2), new Part(i, i == parts - 1));
            }
        }
        tallies.get(objects - 1).add(record(3));
        return tallies.stream().filter(tally -> !tally.isEmpty()).map(PartsTest::entry).toList();
    }

    private static AuditReport walked(LedgerAudit audit) {
        audit.beginShard("s", "shard-0");
        for (int i = 1; i <= 3; i++) {
            audit.record(Integer.toString(i), 0, i);
        }
        audit.endShard();
        return audit.report();
    }

    private static Envelope record(int sequence) {
        return new Envelope(
                "s", "shard-0", Integer.toString(sequence), 0, "k", sequence, new byte[0], 0, 0);
    }

    private static LedgerEntry entry(LedgerTally tally) {
        UUID id = UUID.randomUUID();
        return LedgerEntry.ofObject(
                id, EntryKind.DATA, "s3://b/" + id, 1, 1, tally, "flights", "1");
    }
}
