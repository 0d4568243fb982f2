package io.hydrant.launcher.verify;

import io.hydrant.delivery.conversion.columnar.ColumnarFooter;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.StoredObject;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipException;

/** Compares the objects that the ledger names with those that lie in the bucket. */
final class ObjectCheck {

    private static final int LISTED = 20;

    /** What names of compressed objects end with, unless the user chose otherwise. */
    private static final List<String> COMPRESSED =
            Arrays.stream(Compression.values())
                    .filter(each -> each != Compression.UNCOMPRESSED)
                    .map(Compression::extension)
                    .toList();

    private final String address;
    private final boolean hasTables;
    private final Map<String, Size> expected = new HashMap<>();
    private final Set<String> notExpected = new HashSet<>();
    private final Set<String> maybeRemoved = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private long unlisted;
    private long found;
    private long unknown;
    private long removed;
    private long readBack = -1;

    /** A check of the objects in one bucket. */
    ObjectCheck(String bucket) {
        this(bucket, false);
    }

    /**
     * The same beside tables.
     *
     * @param hasTables whether the bucket may have files of tables, which are judged elsewhere
     */
    ObjectCheck(String bucket, boolean hasTables) {
        this.hasTables = hasTables;
        this.address = "s3://" + bucket + '/';
    }

    private record Size(long stored, long uncompressed, long records) {

        /** The configuration may have been another when the object was written; its sizes tell. */
        InputStream open(DeliveredObjects objects, String key)
                throws IOException, InterruptedException {
            return stored == uncompressed
                    ? objects.open(key, Compression.UNCOMPRESSED)
                    : objects.openCompressed(key);
        }
    }

    /**
     * What was found.
     *
     * @param found objects that the ledger and the bucket agree about
     * @param unknown objects under the prefixes that the ledger does not know
     * @param hasTables whether those may be files of tables, which are judged elsewhere
     * @param removed objects that are not there any more, as it should be
     * @param readBack objects that were read and decompressed, -1 where that was not asked for
     * @param findings the first disagreements
     * @param unlisted disagreements behind those
     */
    record Result(
            long found,
            long unknown,
            boolean hasTables,
            long removed,
            long readBack,
            List<String> findings,
            long unlisted) {

        /** Whether every object of the ledger is in the bucket as the ledger has it. */
        boolean agrees() {
            return findings.isEmpty();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            text.append(
                    String.format(
                            Locale.ROOT,
                            "objects   %,d %sin the bucket as the ledger has them%s%s%s%n",
                            found,
                            hasTables ? "with dead letters " : "",
                            readBack < 0
                                    ? ""
                                    : String.format(
                                            Locale.ROOT, ", %,d read back in full", readBack),
                            unknown == 0
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            hasTables
                                                    ? "; %,d others beside them, which are not asked for here, such as files of tables"
                                                    : "; %,d others that it does not know",
                                            unknown),
                            removed == 0
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            "; %,d removed some time after their load",
                                            removed)));
            findings.forEach(finding -> text.append("  ").append(finding).append('\n'));
            if (unlisted > 0) {
                text.append(String.format(Locale.ROOT, "  … and %,d more%n", unlisted));
            }
            return text.toString();
        }
    }

    /** Takes note of an object that may lie there, too, and is looked at elsewhere. */
    void passOver(LedgerEntry entry) {
        if (isHere(entry)) {
            notExpected.add(key(entry));
        }
    }

    /** Takes an entry of the ledger into account; one of dropped records names no object. */
    void expect(LedgerEntry entry) {
        if (entry.kind() != EntryKind.REDRIVEN && isHere(entry)) {
            expected.put(
                    key(entry),
                    new Size(entry.storedBytes(), entry.uncompressedBytes(), entry.records()));
        }
    }

    /** The same for one that may be removed by now, since it is not what was delivered to. */
    void expectUnlessRemoved(LedgerEntry entry) {
        expect(entry);
        if (isHere(entry)) {
            maybeRemoved.add(key(entry));
        }
    }

    private boolean isHere(LedgerEntry entry) {
        return entry.object() != null && entry.object().startsWith(address);
    }

    private String key(LedgerEntry entry) {
        return entry.object().substring(address.length());
    }

    /** Objects that the ledger names. */
    int expected() {
        return expected.size();
    }

    /**
     * Lists the bucket and compares. Objects that lie elsewhere, since the configuration was
     * another when they were written, are looked for one by one.
     *
     * @param prefixes where objects of this configuration lie
     * @param ignoredPrefixes where Hydrant's own objects lie
     */
    void compare(
            DeliveredObjects objects,
            List<String> prefixes,
            List<String> ignoredPrefixes,
            boolean alsoReadBack,
            ScanReporter reporter)
            throws IOException, InterruptedException {
        readBack = alsoReadBack ? 0 : -1;
        Map<String, Size> missing = new TreeMap<>(expected);
        for (String prefix : prefixes) {
            objects.forEach(
                    prefix,
                    object -> {
                        if (ignoredPrefixes.stream().anyMatch(object.key()::startsWith)
                                || notExpected.contains(object.key())) {
                            return;
                        }
                        Size size = missing.remove(object.key());
                        if (size == null) {
                            unknown++;
                        } else {
                            check(objects, object.key(), object.length(), size, reporter);
                        }
                    });
        }
        for (Map.Entry<String, Size> unlisted : missing.entrySet()) {
            String key = unlisted.getKey();
            StoredObject object =
                    prefixes.stream().anyMatch(key::startsWith) ? null : objects.find(key);
            if (object == null && maybeRemoved.contains(key)) {
                removed++;
            } else if (object == null) {
                finding(
                        address
                                + key
                                + " is in the ledger and not in the bucket: it was removed after its delivery");
            } else {
                check(objects, key, object.length(), unlisted.getValue(), reporter);
            }
        }
    }

    private void check(
            DeliveredObjects objects, String key, long length, Size size, ScanReporter reporter)
            throws IOException, InterruptedException {
        if (isAsExpected(objects, key, length, size)) {
            found++;
            reporter.objectChecked(found, expected.size());
        }
    }

    Result result() {
        return new Result(
                found, unknown, hasTables, removed, readBack, List.copyOf(findings), unlisted);
    }

    private boolean isAsExpected(DeliveredObjects objects, String key, long length, Size size)
            throws IOException, InterruptedException {
        if (length != size.stored()) {
            finding(
                    String.format(
                            Locale.ROOT,
                            "%s%s has %,d bytes, %,d by the ledger: it was changed after its delivery",
                            address,
                            key,
                            length,
                            size.stored()));
            return false;
        }
        return readBack < 0 || isReadable(objects, key, size);
    }

    private boolean isReadable(DeliveredObjects objects, String key, Size size)
            throws IOException, InterruptedException {
        if (mayBeColumnar(key) && size.stored() != size.uncompressed()) {
            Boolean isWhole = isWholeColumnarFile(objects, key, size);
            if (isWhole != null) {
                return isWhole;
            }
        }
        long bytes = 0;
        try (InputStream content = size.open(objects, key)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                bytes += count;
            }
        } catch (ZipException | EOFException e) {
            finding(address + key + " cannot be decompressed: " + e.getMessage());
            return false;
        }
        if (bytes != size.uncompressed()) {
            finding(
                    String.format(
                            Locale.ROOT,
                            "%s%s holds %,d bytes, %,d by the ledger",
                            address,
                            key,
                            bytes,
                            size.uncompressed()));
            return false;
        }
        readBack++;
        return true;
    }

    /** Compressions have extensions of their own; the user's may be any. */
    private static boolean mayBeColumnar(String key) {
        return COMPRESSED.stream().noneMatch(key::endsWith);
    }

    /**
     * Whether a columnar file is whole: the rows that its footer counts are at least as many as its
     * records, each of which is one or more.
     *
     * @return null where it is no columnar file
     */
    private Boolean isWholeColumnarFile(DeliveredObjects objects, String key, Size size)
            throws IOException, InterruptedException {
        byte[] file;
        try (InputStream content = objects.open(key, Compression.UNCOMPRESSED)) {
            file = content.readAllBytes();
        }
        if (ColumnarFooter.formatOf(file) == null) {
            return null;
        }
        long rows;
        try {
            rows = ColumnarFooter.rows(file);
        } catch (IOException e) {
            finding(address + key + " is damaged: " + e.getMessage());
            return false;
        }
        if (rows < size.records()) {
            finding(
                    String.format(
                            Locale.ROOT,
                            "%s%s holds %,d rows, of %,d records by the ledger",
                            address,
                            key,
                            rows,
                            size.records()));
            return false;
        }
        readBack++;
        return true;
    }

    private void finding(String text) {
        if (findings.size() < LISTED) {
            findings.add(text);
        } else {
            unlisted++;
        }
    }
}
