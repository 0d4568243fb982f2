package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.redrive.PreparedCommits;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.audit.TableAudit;
import io.hydrant.iceberg.audit.TableReads;
import io.hydrant.iceberg.audit.TablesReport;

import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rows of redriven records, step by step, each in a table once. */
@Timeout(60)
class RedrivenRowsTest {

    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);
    private static final UUID BEFORE = new UUID(3, 3);

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final IcebergConfig config = Deliveries.config();
    private final TableRedrive redrive =
            new TableRedrive(config, Deliveries.DELIVERY, "1", catalog);
    private final TableAudit audit = new TableAudit();

    @BeforeEach
    void makeTable() {
        Deliveries.create(catalog);
    }

    @Test
    void rowsAreInTheTableOnceTheyAreCommittedAndNotBefore() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            PreparedCommits prepared = prepare(rows, FIRST, 1, 2);
            assertThat(Deliveries.rows(catalog)).isEmpty();

            rows.commit(FIRST, prepared.bytes(), () -> false);

            assertThat(Deliveries.rows(catalog)).containsExactly("1 i 1", "2 i 2");
            assertThat(prepared.entries())
                    .singleElement()
                    .satisfies(
                            entry -> {
                                assertThat(entry.records()).isEqualTo(2);
                                assertThat(entry.object())
                                        .isEqualTo("iceberg:shop.orders#redrive-" + FIRST + "@1");
                            });
        }
    }

    @Test
    void aRecordThatStillFitsNoRowIsADeadLetterAgain() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            DeliveryRecord became = rows.write(record("{\"id\":\"one\"}", 1));

            assertThat(became.disposition()).isEqualTo(Disposition.DEAD_LETTER);
            assertThat(became.failure().code()).isEqualTo("Iceberg.TypeMismatch");
            assertThat(rows.prepare(FIRST)).isNull();
        }
    }

    @Test
    void aCommitThatIsRepeatedIsDoneOnceHoweverManyCameBetween() throws Exception {
        try (RedrivenRows rows = redrive.rows();
                RedrivenRows others = redrive.rows()) {
            PreparedCommits first = prepare(rows, FIRST, 1);
            rows.commit(FIRST, first.bytes(), () -> false);
            for (int i = 0; i < 4; i++) {
                UUID id = new UUID(9, i);
                others.commit(id, prepare(others, id, 100 + i).bytes(), () -> false);
                others.settled(id);
            }
            expireAll();

            rows.commit(FIRST, first.bytes(), () -> false);

            assertThat(Deliveries.rows(catalog)).hasSize(5);
        }
    }

    @Test
    void whatIsNotedAsThroughIsForgottenByTheTableAndNotCommittedAgain() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            PreparedCommits first = prepare(rows, FIRST, 1);
            rows.commit(FIRST, first.bytes(), () -> false);
            assertThat(marks()).hasSize(1);
            rows.settled(FIRST);
            rows.commit(SECOND, prepare(rows, SECOND, 2).bytes(), () -> false);
            assertThat(marks()).as("marks of what is not through").hasSize(1);
            rows.settled(SECOND);
            redrive.close();
            assertThat(marks()).isEmpty();
            expireAll();

            // Somebody who had looked at what is open before it was through.
            rows.commit(FIRST, first.bytes(), () -> true);

            assertThat(Deliveries.rows(catalog)).containsExactly("1 i 1", "2 i 2");
        }
    }

    @Test
    void anAnswerThatIsLostDoublesNothing() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            PreparedCommits prepared = prepare(rows, FIRST, 1);
            catalog.behindNextCommit(
                    () -> {
                        throw new CommitStateUnknownException(
                                new IllegalStateException("The test wants it"));
                    });

            rows.commit(FIRST, prepared.bytes(), () -> false);

            assertThat(catalog.hasFaults()).isFalse();
            assertThat(Deliveries.rows(catalog)).containsExactly("1 i 1");
        }
    }

    @Test
    void somebodyElseWhoCommitsTheSameMeanwhileIsNotDoubled() throws Exception {
        try (RedrivenRows rows = redrive.rows();
                RedrivenRows other = redrive.rows()) {
            rows.commit(BEFORE, prepare(rows, BEFORE, 7).bytes(), () -> false);
            PreparedCommits prepared = prepare(rows, FIRST, 1);
            catalog.beforeNextCommit(() -> commit(other, FIRST, prepared));

            rows.commit(FIRST, prepared.bytes(), () -> false);

            assertThat(catalog.hasFaults()).isFalse();
            assertThat(Deliveries.rows(catalog)).containsExactly("1 i 1", "7 i 7");
        }
    }

    @Test
    void aRedriveBetweenDoesNotFallOutOfTheTotal() throws Exception {
        try (RedrivenRows rows = redrive.rows();
                RedrivenRows other = redrive.rows()) {
            PreparedCommits before = prepare(rows, BEFORE, 7);
            rows.commit(BEFORE, before.bytes(), () -> false);
            before.redrivenBy(BEFORE).entries().forEach(audit::committed);
            PreparedCommits first = prepare(rows, FIRST, 1);
            PreparedCommits second = prepare(other, SECOND, 2);
            catalog.beforeNextCommit(() -> commit(other, SECOND, second));

            rows.commit(FIRST, first.bytes(), () -> false);

            first.redrivenBy(FIRST).entries().forEach(audit::committed);
            second.redrivenBy(SECOND).entries().forEach(audit::committed);
            assertThat(judge().text())
                    .startsWith("IN THE TABLES: ")
                    .contains("3 rows, 3 by its commits");
        }
    }

    @Test
    void theDeliveryGoesOnBesideItAndBothAddUp() throws Exception {
        Deliveries delivery = new Deliveries(catalog, config);
        try (RedrivenRows rows = redrive.rows()) {
            deliver(delivery, "a@1", 1);
            PreparedCommits redriven = prepare(rows, FIRST, 2, 3);
            rows.commit(FIRST, redriven.bytes(), () -> false);
            redriven.redrivenBy(FIRST).entries().forEach(audit::committed);
            deliver(delivery, "a@2", 4);
            rows.settled(FIRST);

            TablesReport report = judge();
            assertThat(report.text())
                    .startsWith("IN THE TABLES: ")
                    .contains("3 commits with 4 records, 3 files; 4 rows, 4 by its commits");

            redrive.close();
            expireAll();
            assertThat(judge().agree()).as("behind expiry").isTrue();
        }
    }

    @Test
    void aTableThatWasRolledBackBehindItIsFound() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            deliver(new Deliveries(catalog, config), "a@1", 1);
            long before = catalog.loadTable(Deliveries.TABLE).currentSnapshot().snapshotId();
            PreparedCommits redriven = prepare(rows, FIRST, 1);
            rows.commit(FIRST, redriven.bytes(), () -> false);
            redriven.redrivenBy(FIRST).entries().forEach(audit::committed);
            assertThat(judge().agree()).isTrue();

            catalog.loadTable(Deliveries.TABLE).manageSnapshots().rollbackTo(before).commit();

            assertThat(judge().text())
                    .startsWith("NOT IN THE TABLES: ")
                    .contains("the first is redrive-" + FIRST + "@1");
        }
    }

    @Test
    void whatIsAbandonedLeavesNoFiles() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            PreparedCommits prepared = prepare(rows, FIRST, 1);

            rows.abandon(prepared.bytes());

            assertThatThrownBy(() -> rows.commit(FIRST, prepared.bytes(), () -> false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("The commit to table shop.orders failed");
            assertThat(Deliveries.rows(catalog)).isEmpty();
        }
    }

    @Test
    void aCommitThatIsRefusedFailsAndTheNextOneDoesIt() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            PreparedCommits prepared = prepare(rows, FIRST, 1);
            catalog.beforeNextCommit(
                    () -> {
                        throw new ForbiddenException("The test wants it");
                    });
            assertThatThrownBy(() -> rows.commit(FIRST, prepared.bytes(), () -> false))
                    .hasMessageContaining("The test wants it");

            rows.commit(FIRST, prepared.bytes(), () -> false);

            assertThat(Deliveries.rows(catalog)).containsExactly("1 i 1");
        }
    }

    @Test
    void whatIsDiscardedIsInNoCommit() throws Exception {
        try (RedrivenRows rows = redrive.rows()) {
            write(rows, 1);
            rows.discard();

            rows.commit(FIRST, prepare(rows, FIRST, 2).bytes(), () -> false);

            assertThat(Deliveries.rows(catalog)).containsExactly("2 i 2");
        }
    }

    private void deliver(Deliveries delivery, String mark, int id) throws Exception {
        TableCommit commit = delivery.commit(mark, json(id));
        delivery.committer().commit(List.of(commit));
        audit.committed(commit.entry());
    }

    private static PreparedCommits prepare(RedrivenRows rows, UUID redrive, int... ids)
            throws Exception {
        write(rows, ids);
        return rows.prepare(redrive);
    }

    private static void write(RedrivenRows rows, int... ids) throws IOException {
        for (int id : ids) {
            DeliveryRecord record = record(json(id), id);
            assertThat(rows.write(record)).isSameAs(record);
        }
    }

    private static void commit(RedrivenRows rows, UUID redrive, PreparedCommits prepared) {
        try {
            rows.commit(redrive, prepared.bytes(), () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TablesReport judge() throws Exception {
        List<LedgerEntry> held = new ArrayList<>();
        return new TableReads(config, catalog).judge(audit, true, false, held::add);
    }

    private List<String> marks() {
        return catalog.loadTable(Deliveries.TABLE).properties().keySet().stream()
                .filter(key -> key.startsWith("hydrant.redriven."))
                .toList();
    }

    /** Only what the table's properties say is left. */
    private void expireAll() {
        Table table = catalog.loadTable(Deliveries.TABLE);
        table.newAppend().commit();
        table.expireSnapshots()
                .expireOlderThan(table.currentSnapshot().timestampMillis() + 1)
                .retainLast(1)
                .cleanExpiredFiles(false)
                .commit();
    }

    private static DeliveryRecord record(String json, int number) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope(
                        "s",
                        "shard-0",
                        String.valueOf(number),
                        0,
                        "k",
                        0,
                        payload,
                        0,
                        payload.length));
    }

    private static String json(int id) {
        return "{\"id\":" + id + ",\"item\":\"i\",\"count\":" + id + "}";
    }
}
