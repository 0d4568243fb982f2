package io.hydrant.iceberg.sink;

import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.WriteResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

/** Lists of files that are to be committed, kept in files beside the table until they are. */
final class StagedManifests {

    private static final Logger LOG = LoggerFactory.getLogger(StagedManifests.class);

    /** A list must name a snapshot, and no snapshot has the files yet. */
    private static final long NO_SNAPSHOT = 0L;

    private StagedManifests() {}

    /** The files of a step, as the commit adds them. */
    record Files(List<DataFile> data, List<DeleteFile> deletes) {}

    /** Writes lists of the files, one for each kind and partition spec. */
    static List<byte[]> write(Table table, List<WriteResult> results) throws IOException {
        List<DataFile> data = new ArrayList<>();
        List<DeleteFile> deletes = new ArrayList<>();
        for (WriteResult result : results) {
            data.addAll(Arrays.asList(result.dataFiles()));
            deletes.addAll(Arrays.asList(result.deleteFiles()));
        }
        int version = TableUtil.formatVersion(table);
        List<byte[]> manifests = new ArrayList<>();
        write(
                table,
                data,
                (spec, out) -> ManifestFiles.write(version, spec, out, NO_SNAPSHOT),
                manifests);
        write(
                table,
                deletes,
                (spec, out) -> ManifestFiles.writeDeleteManifest(version, spec, out, NO_SNAPSHOT),
                manifests);
        return manifests;
    }

    private static <F extends ContentFile<F>> void write(
            Table table,
            List<F> files,
            BiFunction<PartitionSpec, OutputFile, ManifestWriter<F>> open,
            List<byte[]> manifests)
            throws IOException {
        Map<Integer, List<F>> bySpec = new TreeMap<>();
        files.forEach(
                file -> bySpec.computeIfAbsent(file.specId(), id -> new ArrayList<>()).add(file));
        for (Map.Entry<Integer, List<F>> each : bySpec.entrySet()) {
            String name = "hydrant-staged-" + UUID.randomUUID() + ".avro";
            String location = ((HasTableOperations) table).operations().metadataFileLocation(name);
            ManifestWriter<F> writer =
                    open.apply(
                            table.specs().get(each.getKey()), table.io().newOutputFile(location));
            try (writer) {
                each.getValue().forEach(writer::add);
            }
            manifests.add(ManifestFiles.encode(writer.toManifestFile()));
        }
    }

    /** Reads the lists of a step. */
    static Files read(Table table, List<byte[]> manifests) throws IOException {
        List<DataFile> data = new ArrayList<>();
        List<DeleteFile> deletes = new ArrayList<>();
        for (byte[] each : manifests) {
            ManifestFile manifest = ManifestFiles.decode(each);
            if (manifest.content() == ManifestContent.DATA) {
                try (CloseableIterable<DataFile> files =
                        ManifestFiles.read(manifest, table.io(), table.specs())) {
                    files.forEach(file -> data.add(file.copy()));
                }
            } else {
                try (CloseableIterable<DeleteFile> files =
                        ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                    files.forEach(file -> deletes.add(file.copy()));
                }
            }
        }
        return new Files(data, deletes);
    }

    /** Removes a commit that nobody makes any more, lists and files. */
    static void removeWithFiles(Table table, TableCommit commit) throws IOException {
        for (List<byte[]> step : commit.steps()) {
            Files files = read(table, step);
            files.data().forEach(file -> table.io().deleteFile(file.location()));
            files.deletes().forEach(file -> table.io().deleteFile(file.location()));
        }
        remove(table, commit);
    }

    /** Removes the lists of a commit that is done; where that fails, they are left to lie. */
    static void remove(Table table, TableCommit commit) {
        for (List<byte[]> step : commit.steps()) {
            for (byte[] each : step) {
                try {
                    table.io().deleteFile(ManifestFiles.decode(each).path());
                } catch (IOException | RuntimeException e) {
                    LOG.info(
                            "A staged manifest of table {} is left: {}",
                            commit.table(),
                            e.toString());
                }
            }
        }
    }
}
