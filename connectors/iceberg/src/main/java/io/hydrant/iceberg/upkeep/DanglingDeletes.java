package io.hydrant.iceberg.upkeep;

import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.StructLikeMap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes deletions out of a table that apply to no row any more, because all files that they could
 * apply to have been written anew.
 *
 * <p>What others commit meanwhile changes nothing about that: rows that are added get a higher
 * sequence number, and files that are written anew keep the number of a snapshot in which those
 * that they replace were there. Source: Iceberg's specification, "Scan Planning" (a deletion by key
 * applies to data of a smaller sequence number, one by position also to its own).
 */
final class DanglingDeletes {

    private final Table table;
    private final Map<Integer, StructLikeMap<Long>> oldestOfPartition = new HashMap<>();
    private long oldest = Long.MAX_VALUE;

    DanglingDeletes(Table table) {
        this.table = table;
    }

    /**
     * Takes them out, in one commit.
     *
     * @return how many files there were
     * @throws IOException if a manifest cannot be read
     */
    int remove() throws IOException {
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot == null || snapshot.deleteManifests(table.io()).isEmpty()) {
            return 0;
        }
        for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
            try (CloseableIterable<DataFile> files =
                    ManifestFiles.read(manifest, table.io(), table.specs())) {
                files.forEach(this::see);
            }
        }
        List<DeleteFile> dangling = new ArrayList<>();
        for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
            try (CloseableIterable<DeleteFile> files =
                    ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                for (DeleteFile file : files) {
                    if (isDangling(file)) {
                        dangling.add(file.copy());
                    }
                }
            }
        }
        if (!dangling.isEmpty()) {
            RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(snapshot.snapshotId());
            dangling.forEach(rewrite::deleteFile);
            rewrite.commit();
        }
        return dangling.size();
    }

    private void see(DataFile file) {
        oldest = Math.min(oldest, file.dataSequenceNumber());
        partitions(file).merge(file.copy().partition(), file.dataSequenceNumber(), Math::min);
    }

    private boolean isDangling(DeleteFile file) {
        boolean isByKey = file.content() == FileContent.EQUALITY_DELETES;
        boolean isOfAll = isByKey && table.specs().get(file.specId()).isUnpartitioned();
        Long first = isOfAll ? Long.valueOf(oldest) : partitions(file).get(file.partition());
        return first == null
                || (isByKey
                        ? first >= file.dataSequenceNumber()
                        : first > file.dataSequenceNumber());
    }

    private StructLikeMap<Long> partitions(ContentFile<?> file) {
        return oldestOfPartition.computeIfAbsent(
                file.specId(),
                spec -> StructLikeMap.create(table.specs().get(spec).partitionType()));
    }
}
