package io.hydrant.kinesis.table;

import io.hydrant.kinesis.source.BacklogWatermarks;
import io.hydrant.kinesis.source.KinesisSource;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a table from Kinesis, or the changes of one in DynamoDB.
 *
 * <pre>
 *   KinesisSource -> user record -> format (wanted columns only) -> + metadata columns -> row
 *                                                             watermark of its shard ----'
 * </pre>
 *
 * <p>The planner tells it, on a copy, what the query needs: columns, metadata, the watermark, and
 * how many rows are enough.
 */
final class KinesisTableSource
        implements ScanTableSource,
                SupportsReadingMetadata,
                SupportsProjectionPushDown,
                SupportsWatermarkPushDown,
                SupportsLimitPushDown {

    private static final String OPERATOR = "kinesis";

    private final KinesisSource records;
    private final DecodingFormat<DeserializationSchema<RowData>> format;
    private final DataType physicalType;
    private final Set<MetadataColumn> readable;
    private final Duration shardIdleTimeout;
    private final Integer parallelism;

    private DataType producedType;
    private int[][] projection;
    private List<MetadataColumn> metadata = List.of();
    private WatermarkStrategy<RowData> watermarks = WatermarkStrategy.noWatermarks();
    private long limit = RowLimit.NONE;

    /**
     * A source of all columns and no metadata.
     *
     * @param records where the records come from
     * @param format reads their payloads
     * @param physicalType the columns of the table that the format reads
     * @param readable the metadata that there is
     * @param shardIdleTimeout when a silent shard holds no watermark up any more, or null to leave
     *     that to the watermark strategy
     * @param parallelism readers, or null for the job's own
     */
    KinesisTableSource(
            KinesisSource records,
            DecodingFormat<DeserializationSchema<RowData>> format,
            DataType physicalType,
            Set<MetadataColumn> readable,
            Duration shardIdleTimeout,
            Integer parallelism) {
        this.records = records;
        this.format = format;
        this.physicalType = physicalType;
        this.readable = readable;
        this.shardIdleTimeout = shardIdleTimeout;
        this.parallelism = parallelism;
        producedType = physicalType;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return format.getChangelogMode();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return MetadataColumn.types(readable);
    }

    @Override
    public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
        metadata = MetadataColumn.of(metadataKeys);
        producedType = producedDataType;
    }

    @Override
    public boolean supportsNestedProjection() {
        return format instanceof ProjectableDecodingFormat<?> projectable
                && projectable.supportsNestedProjection();
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        projection = projectedFields;
        producedType = producedDataType;
    }

    @Override
    public void applyWatermark(WatermarkStrategy<RowData> watermarkStrategy) {
        watermarks = new BacklogWatermarks<>(watermarkStrategy);
    }

    @Override
    public void applyLimit(long maxRows) {
        // Of a changelog, later rows may take back what the first ones said.
        limit = getChangelogMode().equals(ChangelogMode.insertOnly()) ? maxRows : RowLimit.NONE;
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        TypeInformation<RowData> type = context.createTypeInformation(producedType);
        RowSource rows = new RowSource(records, decoder(context), limit, type);
        WatermarkStrategy<RowData> strategy =
                shardIdleTimeout == null ? watermarks : watermarks.withIdleness(shardIdleTimeout);
        return new Provider(rows, strategy, parallelism);
    }

    private RowDecoder decoder(DynamicTableSource.Context context) {
        if (projection == null) {
            return new RowDecoder(
                    format.createRuntimeDecoder(context, physicalType), null, metadata);
        }
        if (format
                instanceof ProjectableDecodingFormat<DeserializationSchema<RowData>> projectable) {
            return new RowDecoder(
                    projectable.createRuntimeDecoder(context, physicalType, projection),
                    null,
                    metadata);
        }
        return new RowDecoder(
                format.createRuntimeDecoder(context, physicalType),
                Projection.of(projection).toTopLevelIndexes(),
                metadata);
    }

    @Override
    public DynamicTableSource copy() {
        KinesisTableSource copy =
                new KinesisTableSource(
                        records, format, physicalType, readable, shardIdleTimeout, parallelism);
        copy.producedType = producedType;
        copy.projection = projection;
        copy.metadata = metadata;
        copy.watermarks = watermarks;
        copy.limit = limit;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "Kinesis";
    }

    /** Puts the source into a job with its watermarks, which have to be made inside of it. */
    private record Provider(
            RowSource rows, WatermarkStrategy<RowData> watermarks, Integer sourceParallelism)
            implements DataStreamScanProvider {

        @Override
        public DataStream<RowData> produceDataStream(
                ProviderContext context, StreamExecutionEnvironment env) {
            DataStreamSource<RowData> source =
                    env.fromSource(rows, watermarks, OPERATOR, rows.getProducedType());
            context.generateUid(OPERATOR).ifPresent(source::uid);
            return source;
        }

        @Override
        public boolean isBounded() {
            return rows.getBoundedness() == Boundedness.BOUNDED;
        }

        @Override
        public Optional<Integer> getParallelism() {
            return Optional.ofNullable(sourceParallelism);
        }
    }
}
