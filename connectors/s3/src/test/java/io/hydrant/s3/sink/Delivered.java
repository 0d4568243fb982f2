package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.AuditReport;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerAudit;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.ObjectStore;

import io.airlift.compress.zstd.ZstdInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads back what lies in a bucket: every record of every object, and the ledger. By ways of its
 * own, not by those that are under test.
 */
final class Delivered {

    static final String BUCKET = "bucket";

    private static final String LEDGER = "_hydrant/ledger/";

    private final ObjectStore store;
    private final String bucket;

    Delivered(ObjectStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /** Keys of everything but the ledger and staged segments. */
    List<String> keys() {
        return keys("").stream().filter(key -> !key.startsWith("_hydrant/")).toList();
    }

    List<String> segments() {
        return keys("_hydrant/segments/");
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        ObjectPage page;
        do {
            page = store.list(bucket, prefix, keys.isEmpty() ? null : keys.get(keys.size() - 1));
            page.objects().stream().map(ListedObject::key).forEach(keys::add);
        } while (!page.isLast());
        return keys;
    }

    /** Identities of the records in all data objects, in the order of keys and bytes. */
    List<String> identities() {
        List<String> identities = new ArrayList<>();
        for (LedgerEntry entry : ledger()) {
            if (entry.kind() == EntryKind.DATA) {
                identities.addAll(identitiesIn(keyOf(entry)));
            }
        }
        return identities;
    }

    List<String> identitiesIn(String key) {
        return identitiesIn(content(key));
    }

    /** What each line begins with. */
    static List<String> identitiesIn(byte[] content) {
        return lines(content).stream()
                .map(line -> line.indexOf(' ') < 0 ? line : line.substring(0, line.indexOf(' ')))
                .toList();
    }

    List<String> lines(String key) {
        return lines(content(key));
    }

    /** Splits at line feeds only, because payloads may hold anything else. */
    private static List<String> lines(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    /** Content of an object, decompressed if its name says that it is compressed. */
    byte[] content(String key) {
        byte[] stored = stored(key);
        if (key.endsWith(".parquet") || key.endsWith(".orc")) {
            return ColumnarContent.ids(key, stored);
        }
        try (InputStream plain = decompressed(stored, key.substring(key.lastIndexOf('.') + 1))) {
            return plain.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream decompressed(byte[] stored, String extension) throws IOException {
        InputStream in = new ByteArrayInputStream(stored);
        return switch (extension) {
            case "gz" -> new GZIPInputStream(in);
            case "zip" -> {
                ZipInputStream archive = new ZipInputStream(in);
                assertThat(archive.getNextEntry()).isNotNull();
                yield archive;
            }
            case "snappy" -> new SnappyFramedInputStream(in);
            case "hsnappy" -> new ByteArrayInputStream(hadoopBlocks(stored));
            case "zst" -> new ZstdInputStream(in);
            default -> in;
        };
    }

    private static byte[] hadoopBlocks(byte[] stored) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer blocks = ByteBuffer.wrap(stored);
        while (blocks.hasRemaining()) {
            int length = blocks.getInt();
            byte[] chunk = new byte[blocks.getInt()];
            blocks.get(chunk);
            byte[] block = Snappy.uncompress(chunk);
            assertThat(block).hasSize(length);
            content.write(block);
        }
        return content.toByteArray();
    }

    private byte[] stored(String key) {
        try (InputStream content = store.get(bucket, key)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ledger, without the repetitions that a repeated commit leaves. */
    List<LedgerEntry> ledger() {
        Map<UUID, LedgerEntry> entries = new LinkedHashMap<>();
        ledgerLines().stream()
                .map(Delivered::read)
                .forEach(entry -> entries.put(entry.id(), entry));
        return List.copyOf(entries.values());
    }

    /** Lines of the ledger, repetitions included. */
    List<String> ledgerLines() {
        return keys(LEDGER).stream()
                .flatMap(key -> new String(stored(key), StandardCharsets.UTF_8).lines())
                .toList();
    }

    String keyOf(LedgerEntry entry) {
        return entry.object().substring(("s3://" + bucket + '/').length());
    }

    /**
     * Fails unless the bucket holds the records 0 to {@code recordsPerShard} of every shard once
     * each, and the ledger says the same of every object and of the whole.
     */
    void assertHoldsOnceEach(int shards, int recordsPerShard) {
        List<String> expected = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            for (int i = 0; i < recordsPerShard; i++) {
                expected.add(Records.identity(shard, i));
            }
        }
        Map<String, List<String>> found = new LinkedHashMap<>();
        keys().forEach(key -> found.put(key, identitiesIn(key)));
        assertThat(found.values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(expected);

        List<LedgerEntry> ledger = ledger();
        assertThat(ledger).allMatch(entry -> entry.kind() == EntryKind.DATA);
        assertThat(ledger)
                .extracting(this::keyOf)
                .containsExactlyInAnyOrderElementsOf(found.keySet());
        assertThat(ledger)
                .allSatisfy(
                        entry -> {
                            assertThat(found.get(keyOf(entry))).hasSize((int) entry.records());
                            assertThat(stored(keyOf(entry))).hasSize((int) entry.storedBytes());
                        });
        AuditReport audit = audit(ledger, shards, recordsPerShard);
        assertThat(audit.complete()).as(audit.text()).isTrue();
    }

    private static AuditReport audit(List<LedgerEntry> ledger, int shards, int recordsPerShard) {
        LedgerAudit audit = new LedgerAudit();
        ledger.forEach(audit::add);
        for (int shard = 0; shard < shards; shard++) {
            audit.beginShard(Records.STREAM, Records.shardName(shard));
            for (int i = 0; i < recordsPerShard; i++) {
                audit.record(Records.sequence(i), 0, Records.START);
            }
            audit.endShard();
        }
        return audit.report();
    }

    private static LedgerEntry read(String line) {
        try {
            return LedgerLine.read(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
