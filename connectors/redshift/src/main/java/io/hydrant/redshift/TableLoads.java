package io.hydrant.redshift;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.s3.sink.S3Committable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Brings what was staged to the table that it is for, by its key, whatever the configuration was
 * when it was staged.
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
     * Queues what was staged, in the queue of the table that it is for; error objects, and lines of
     * the ledger alone, are for none.
     *
     * @param rooms of the tables, in their order
     * @return the places of the tables that got a load
     * @throws IOException if one is for a table that is none of them; then nothing is queued
     */
    Set<Integer> queue(List<S3Committable> made, List<LoadRooms> rooms)
            throws IOException, InterruptedException {
        Map<Integer, List<StagedFile>> files = new TreeMap<>();
        for (S3Committable object : made) {
            if (object.entry().kind() == EntryKind.DATA) {
                files.computeIfAbsent(tableOf(object.key()), table -> new ArrayList<>())
                        .add(StagedFile.of(object));
            }
        }
        for (Map.Entry<Integer, List<StagedFile>> each : files.entrySet()) {
            rooms.get(each.getKey()).queue().add(QueuedLoad.of(each.getValue()));
        }
        return files.keySet();
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
