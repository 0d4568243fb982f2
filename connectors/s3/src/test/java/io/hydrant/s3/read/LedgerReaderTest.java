package io.hydrant.s3.read;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.sink.LedgerSamples;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.S3Calls;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LedgerReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:34:56.789Z");

    private final MemoryStore store = new MemoryStore("bucket");
    private final LedgerKeys keys = new LedgerKeys("_hydrant/ledger/", "flights");
    private final LedgerReader reader =
            new LedgerReader(
                    store, new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM), "bucket", keys);

    @Test
    void readsEveryEntryOfEveryPageInTheOrderOfTheCommits() throws Exception {
        List<LedgerEntry> written = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            LedgerEntry first = LedgerSamples.data(2L * i);
            LedgerEntry second = LedgerSamples.data(2L * i + 1);
            put(NOW.plusSeconds(i), LedgerSamples.line(first) + LedgerSamples.line(second));
            written.add(first);
            written.add(second);
        }

        List<LedgerEntry> read = new ArrayList<>();
        long objects = reader.forEach(read::add);

        assertThat(objects).isEqualTo(250);
        assertThat(read).containsExactlyElementsOf(written);
    }

    @Test
    void readsOnlyWhatIsNewWhereItFollowsALedger() throws Exception {
        Set<String> seen = new HashSet<>();
        List<LedgerEntry> read = new ArrayList<>();
        put(NOW, LedgerSamples.line(LedgerSamples.data(1)));
        assertThat(reader.forEachNew(seen, read::add)).isEqualTo(1);

        // A commit of another task may bear an earlier time, and come later.
        put(NOW.minusSeconds(1), LedgerSamples.line(LedgerSamples.data(2)));
        put(NOW.plusSeconds(1), LedgerSamples.line(LedgerSamples.data(3)));
        assertThat(reader.forEachNew(seen, read::add)).isEqualTo(2);

        assertThat(reader.forEachNew(seen, read::add)).isZero();
        assertThat(read)
                .containsExactly(
                        LedgerSamples.data(1), LedgerSamples.data(2), LedgerSamples.data(3));
    }

    @Test
    void seesNoOtherStreamsLedger() throws Exception {
        LedgerKeys other = new LedgerKeys("_hydrant/ledger/", "flights-2");
        store.putIfAbsent(
                "bucket",
                other.key(NOW, UUID.randomUUID()),
                "id",
                LedgerSamples.line(LedgerSamples.data(1)).getBytes(StandardCharsets.UTF_8));

        assertThat(reader.forEach(entry -> {})).isZero();
    }

    @Test
    void namesObjectAndLineOfWhatItCannotRead() throws Exception {
        String key = put(NOW, LedgerSamples.line(LedgerSamples.data(1)) + "{\"version\":");

        assertThatThrownBy(() -> reader.forEach(entry -> {}))
                .hasMessageContaining("s3://bucket/" + key + ", line 2: ");
    }

    @Test
    void laysTheLedgerOutByTheHour() {
        assertThat(keys.key(NOW, new UUID(1, 2)))
                .isEqualTo(
                        "_hydrant/ledger/flights/2026/11/21/12/20261121T123456789Z-00000000-0000-0001-0000-000000000002.jsonl");
    }

    private String put(Instant instant, String lines) {
        UUID id = UUID.randomUUID();
        String key = keys.key(instant, id);
        store.putIfAbsent("bucket", key, id.toString(), lines.getBytes(StandardCharsets.UTF_8));
        return key;
    }
}
