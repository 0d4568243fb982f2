package io.hydrant.redshift;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of what was staged for which table it is, by its key, whatever the configuration was when it
 * was staged.
 */
final class TableLoads {

    private final List<String> folders = new ArrayList<>();

    /** Of the tables of a delivery, in their order. */
    TableLoads(RedshiftConfig config) {
        for (RedshiftConfig each : config.ofEachTable()) {
            folders.add(each.equals(config) ? null : TablePlaces.folder(each.table()));
        }
    }

    /**
     * The staged files for each table, in the order of the tables; error objects, and lines of the
     * ledger alone, are in none.
     *
     * @throws IOException if one is for a table that is none of them
     */
    List<List<StagedFile>> filesToLoad(List<S3Committable> made) throws IOException {
        Map<Integer, List<StagedFile>> files = new HashMap<>();
        for (S3Committable object : made) {
            if (object.entry().kind() == EntryKind.DATA) {
                files.computeIfAbsent(tableOf(object.key()), table -> new ArrayList<>())
                        .add(StagedFile.of(object));
            }
        }
        List<List<StagedFile>> ofEach = new ArrayList<>();
        for (int table = 0; table < folders.size(); table++) {
            ofEach.add(files.getOrDefault(table, List.of()));
        }
        return ofEach;
    }

    /** Which of the tables that key is for. */
    int tableOf(String key) throws IOException {
        int table = folders.indexOf(TablePlaces.folderOf(key));
        if (table < 0) {
            throw new IOException(
                    key
                            + " is staged for the table "
                            + TablePlaces.folderOf(key)
                            + ", which "
                            + RedshiftOptions.TABLES.key()
                            + " does not name any more. Way out: name it again, by which what is staged for it is loaded, and verified");
        }
        return table;
    }
}
