package io.hydrant.kinesis.table;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes tables with {@code 'connector' = 'kinesis'}: readable ones of {@link KinesisSource}, with
 * its guarantee, writable ones of {@link io.hydrant.kinesis.sink.KinesisSink}, with its.
 *
 * <p>Options are those of Flink's official connector ({@code docs/kinesis-table.md} says of each
 * what becomes of it) and all of {@link KinesisSourceOptions}, {@link KinesisSinkOptions} and
 * {@link AwsOptions}. A table takes options of source and sink together, as the DDL of both is the
 * same. Unknown keys are refused.
 */
public class KinesisTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

    /** The name of the connector in a DDL. */
    public static final String IDENTIFIER = "kinesis";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options =
                new HashSet<>(
                        optionsOf(
                                AwsOptions.class,
                                KinesisSourceOptions.class,
                                KinesisSinkOptions.class,
                                KinesisTableOptions.class));
        options.add(FactoryUtil.SOURCE_PARALLELISM);
        options.add(FactoryUtil.SINK_PARALLELISM);
        options.removeAll(requiredOptions());
        return options;
    }

    /** What may change under a plan that was compiled before: how, but not what is written. */
    @Override
    public Set<ConfigOption<?>> forwardOptions() {
        Set<ConfigOption<?>> options =
                new HashSet<>(
                        optionsOf(
                                AwsOptions.class,
                                KinesisSourceOptions.class,
                                KinesisSinkOptions.class));
        options.addAll(
                Set.of(
                        KinesisTableOptions.STREAM_ARN,
                        KinesisTableOptions.STREAM,
                        KinesisTableOptions.STREAM_PATTERN));
        return options;
    }

    static Collection<ConfigOption<?>> optionsOf(Class<?>... optionClasses) {
        return OptionCatalog.of(optionClasses).options().values();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = translated(context);
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(
                        DeserializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        return new KinesisTableSource(
                KinesisSource.of(
                        TableStreams.read(options),
                        AwsClientConfig.from(options),
                        KinesisSourceConfig.from(options)),
                format,
                context.getPhysicalRowDataType(),
                MetadataColumn.OF_KINESIS,
                shardIdleTimeout(options),
                options.get(FactoryUtil.SOURCE_PARALLELISM));
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = translated(context);
        EncodingFormat<SerializationSchema<RowData>> format =
                helper.discoverEncodingFormat(SerializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        AwsClientConfig client = AwsClientConfig.from(options);
        return new KinesisTableSink(
                TableStreams.written(options, client),
                client,
                KinesisSinkConfig.from(options),
                format,
                context.getPhysicalRowDataType(),
                PartitionKeyChoice.of(options, context),
                options.get(FactoryUtil.SINK_PARALLELISM));
    }

    private FactoryUtil.TableFactoryHelper translated(Context context) {
        return FactoryUtil.createTableFactoryHelper(
                this, TranslatedContext.of(context, new OptionTranslation()));
    }

    static Duration shardIdleTimeout(ReadableConfig options) {
        long millis = options.get(KinesisTableOptions.SHARD_IDLE_INTERVAL);
        return millis > 0 ? Duration.ofMillis(millis) : null;
    }
}
