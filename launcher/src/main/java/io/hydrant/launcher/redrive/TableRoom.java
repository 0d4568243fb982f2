package io.hydrant.launcher.redrive;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.redrive.RedriveCommits;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.sink.RedrivenRows;
import io.hydrant.iceberg.sink.TableRedrive;
import io.hydrant.iceberg.sink.TableTrial;

import java.io.IOException;

/** The room in which records become rows of tables, where those are the destination. */
interface TableRoom extends AutoCloseable {

    /**
     * Takes a record where it is to be delivered.
     *
     * @return what became of it: the record itself, or a dead letter in its place, which it did not
     *     take
     */
    DeliveryRecord take(DeliveryRecord record) throws IOException;

    /** What is committed of it. */
    RedriveCommits commits();

    @Override
    void close() throws IOException;

    /** To the tables. */
    static TableRoom of(TableRedrive tables) {
        RedrivenRows rows = tables.rows();
        return new TableRoom() {
            @Override
            public DeliveryRecord take(DeliveryRecord record) throws IOException {
                return rows.write(record);
            }

            @Override
            public RedriveCommits commits() {
                return rows;
            }

            @Override
            public void close() throws IOException {
                rows.close();
            }
        };
    }

    /** To no table, but knowing what those would take. */
    static TableRoom dryRun(IcebergConfig config) throws IOException {
        TableTrial trial = TableTrial.open(config);
        return new TableRoom() {
            @Override
            public DeliveryRecord take(DeliveryRecord record) throws IOException {
                return trial.judge(record).record();
            }

            @Override
            public RedriveCommits commits() {
                return RedriveCommits.NONE;
            }

            @Override
            public void close() throws IOException {
                trial.close();
            }
        };
    }
}
