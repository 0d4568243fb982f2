package io.hydrant.redshift;

import io.hydrant.core.aws.AwsClientConfig;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** By the warehouse's driver, over the network. */
final class JdbcPath implements WarehousePath {

    private final Warehouse warehouse;
    private final LoadAttempt attempt;

    JdbcPath(
            RedshiftConfig config,
            WarehouseDialect dialect,
            RefusedRows refusedRows,
            AwsClientConfig services) {
        this.warehouse = new Warehouse(config, dialect, services);
        this.attempt = new LoadAttempt(warehouse, dialect, refusedRows, config);
    }

    @Override
    public List<StagedFile> load(List<StagedFile> files) throws IOException, InterruptedException {
        return attempt.load(files);
    }

    @Override
    public LedgerState state(boolean countRows) throws SQLException {
        try (WarehouseSession session = warehouse.connect()) {
            List<LedgerLine> lines = session.ledger();
            return new LedgerState(lines, countRows ? session.countRows() : null);
        }
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
    }
}
