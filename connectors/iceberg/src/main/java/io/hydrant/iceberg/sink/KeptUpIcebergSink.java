package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.upkeep.UpkeepStep;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;
import org.apache.iceberg.flink.CatalogLoader;

/** The sink with what keeps its tables in shape behind the committer. */
final class KeptUpIcebergSink extends IcebergSink
        implements SupportsPostCommitTopology<TableCommit> {

    private static final long serialVersionUID = 1L;

    private static final String COMMITTED = "iceberg-committed";
    private static final String UPKEEP = "iceberg-upkeep";

    KeptUpIcebergSink(
            IcebergConfig config,
            String deliveryStream,
            CatalogLoader catalogs,
            CommitLedger ledger) {
        super(config, deliveryStream, catalogs, ledger);
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<TableCommit>> committed) {
        committed
                .flatMap(KeptUpIcebergSink::table, Types.STRING)
                .name(COMMITTED)
                .uid(COMMITTED)
                // One task for a table, so that no table is compacted twice at a time.
                .partitionCustom(
                        (table, tasks) -> Math.floorMod(table.hashCode(), tasks), table -> table)
                .process(
                        new UpkeepStep(
                                catalogs(),
                                config().upkeep(),
                                CommitHistory.key(config().commitId()),
                                deliveryStream()))
                .returns(Types.VOID)
                .name(UPKEEP)
                .uid(UPKEEP);
    }

    private static void table(CommittableMessage<TableCommit> message, Collector<String> out) {
        if (message instanceof CommittableWithLineage<TableCommit> commit) {
            out.collect(commit.getCommittable().table());
        }
    }
}
