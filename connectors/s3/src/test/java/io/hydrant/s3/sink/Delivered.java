package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.s3.store.MemoryStore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/** Reads back what lies in a bucket: every record of every object, and the ledger. */
final class Delivered {

    static final String BUCKET = "bucket";

    private final MemoryStore store;

    Delivered(MemoryStore store) {
        this.store = store;
    }

    List<String> keys() {
        return store.keys(BUCKET, "").stream().filter(key -> !key.startsWith("_")).toList();
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
        return lines(key).stream()
                .map(line -> line.indexOf(' ') < 0 ? line : line.substring(0, line.indexOf(' ')))
                .toList();
    }

    List<String> lines(String key) {
        byte[] content = store.content(BUCKET, key);
        try {
            byte[] plain =
                    key.endsWith(".gz")
                            ? new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes()
                            : content;
            String text = new String(plain, StandardCharsets.ISO_8859_1);
            return text.isEmpty() ? List.of() : List.of(text.split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ledger, without the repetitions that a repeated commit leaves. */
    List<LedgerEntry> ledger() {
        Map<UUID, LedgerEntry> entries = new LinkedHashMap<>();
        for (String key : store.keys(BUCKET, "_hydrant/ledger/")) {
            String lines = new String(store.content(BUCKET, key), StandardCharsets.UTF_8);
            lines.lines().map(Delivered::read).forEach(entry -> entries.put(entry.id(), entry));
        }
        return List.copyOf(entries.values());
    }

    /** Lines in the ledger, repetitions included. */
    long ledgerLines() {
        return store.keys(BUCKET, "_hydrant/ledger/").stream()
                .mapToLong(
                        key ->
                                new String(store.content(BUCKET, key), StandardCharsets.UTF_8)
                                        .lines()
                                        .count())
                .sum();
    }

    static String keyOf(LedgerEntry entry) {
        return entry.object().substring(("s3://" + BUCKET + '/').length());
    }

    private static LedgerEntry read(String line) {
        try {
            return LedgerLine.read(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
