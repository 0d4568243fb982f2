package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.s3.store.ObjectStoreFactory;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Judges every table of a delivery by itself, each by the objects that were staged for it. */
public final class LoadAudits {

    private final RedshiftConfig config;
    private final TableLoads tables;
    private final List<LoadAudit> audits;

    /** Audits of the tables of a delivery. */
    public LoadAudits(RedshiftConfig config) {
        this.config = config;
        this.tables = new TableLoads(config);
        this.audits = config.ofEachTable().stream().map(LoadAudit::of).toList();
    }

    /**
     * An object was staged; again where its commit was repeated.
     *
     * @param id its identity
     * @param address its address
     * @param records records in it, those that records were taken apart into included
     * @throws IOException if it is for a table that the configuration does not name
     */
    public void staged(String id, String address, long records) throws IOException {
        audits.get(tables.tableOf(address)).staged(id, address, records);
    }

    /**
     * Judges what was told by queues and warehouse, table by table.
     *
     * @param services how AWS' services are reached that have to do with the warehouse
     * @param countRows whether the rows of the tables are counted, too
     * @throws IOException if S3 or the warehouse cannot be read; the message says why
     */
    public List<LoadReport> judge(
            AwsClientConfig aws,
            AwsClientConfig services,
            ObjectStoreFactory stores,
            boolean countRows)
            throws IOException, InterruptedException {
        List<LoadReport> reports = new ArrayList<>();
        List<RedshiftConfig> configs = config.ofEachTable();
        for (int table = 0; table < configs.size(); table++) {
            try (LoadReads reads = new LoadReads(configs.get(table), aws, services, stores)) {
                reports.add(reads.judge(audits.get(table), countRows));
            } catch (SQLException e) {
                throw new IOException("The connection to the warehouse could not be closed", e);
            }
        }
        return reports;
    }
}
