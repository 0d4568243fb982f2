package io.hydrant.launcher.verify;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.FolderStore;
import io.hydrant.s3.store.S3Calls;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectCheckTest {

    private static final byte[] CONTENT = {'1', '\n'};

    @TempDir private Path folder;

    private final ObjectCheck check = new ObjectCheck("stage");

    @Test
    void missesNoObjectThatMayBeRemovedAndEveryOther() throws Exception {
        check.expect(entry("here"));
        check.expectUnlessRemoved(entry("here-too"));
        check.expectUnlessRemoved(entry("removed"));

        ObjectCheck.Result result = compare("here", "here-too");

        assertThat(result.agrees()).isTrue();
        assertThat(result.text())
                .startsWith(
                        "objects   2 in the bucket as the ledger has them; 1 removed some time after their load");
        check.expect(entry("gone"));
        assertThat(compare().text()).contains("s3://stage/data/gone is in the ledger and not");
    }

    @Test
    void saysThatFilesOfTablesBesideItAreNoneOfItsConcern() throws Exception {
        ObjectCheck beside = new ObjectCheck("stage", true);
        beside.expect(entry("letters"));

        ObjectCheck.Result result = compare(beside, "letters", "part-0.parquet");

        assertThat(result.agrees()).isTrue();
        assertThat(result.text())
                .startsWith(
                        "objects   1 with dead letters in the bucket as the ledger has them; 1 others beside them, which are not asked for here, such as files of tables");
    }

    private ObjectCheck.Result compare(String... names) throws Exception {
        return compare(check, names);
    }

    private ObjectCheck.Result compare(ObjectCheck check, String... names) throws Exception {
        Files.createDirectories(folder.resolve("stage"));
        try (FolderStore store = new FolderStore(folder)) {
            for (String name : names) {
                store.putIfAbsent("stage", "data/" + name, name, CONTENT);
            }
            check.compare(
                    new DeliveredObjects(
                            store, new S3Calls(Duration.ZERO, RetryClock.SYSTEM), "stage"),
                    List.of("data/"),
                    List.of(),
                    false,
                    new ScanReporter(new PrintWriter(Writer.nullWriter())));
        }
        return check.result();
    }

    private static LedgerEntry entry(String name) {
        LedgerTally tally = new LedgerTally();
        tally.add(new Envelope("orders", "shard", "1", 0, "k", 0, CONTENT, 0, 1));
        return LedgerEntry.ofObject(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                EntryKind.DATA,
                "s3://stage/data/" + name,
                CONTENT.length,
                CONTENT.length,
                tally,
                "orders",
                "1");
    }
}
