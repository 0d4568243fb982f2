package io.hydrant.kinesis.table;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes tables with {@code 'connector' = 'dynamodb-streams'}: the changes of DynamoDB tables, read
 * by {@link KinesisSource} with its guarantee.
 *
 * <p>Options are {@code stream.arn}, those of {@link AwsOptions}, and of {@link
 * KinesisSourceOptions} those that mean something here ({@code docs/dynamodb-streams-table.md}).
 * Unknown keys are refused.
 */
public final class DynamoDbStreamsTableFactory implements DynamicTableSourceFactory {

    /** The name of the connector in a DDL. */
    public static final String IDENTIFIER = "dynamodb-streams";

    /** What such a stream has not: fan-out, aggregates, stamped copies, names, CBOR. */
    private static final List<String> WITHOUT_MEANING =
            List.of(
                    "source.efo.",
                    KinesisSourceOptions.READER_TYPE.key(),
                    "source.deaggregation",
                    "source.deduplication.",
                    KinesisSourceOptions.STREAM_DISCOVERY_INTERVAL.key(),
                    KinesisSourceOptions.GET_RECORDS_DECODING.key());

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(KinesisTableOptions.STREAM_ARN);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = sourceAndClient();
        options.add(DynamoDbStreamsTableOptions.FORMAT);
        options.add(KinesisTableOptions.SHARD_IDLE_INTERVAL);
        options.add(FactoryUtil.SOURCE_PARALLELISM);
        return options;
    }

    /** What may change under a plan that was compiled before. */
    @Override
    public Set<ConfigOption<?>> forwardOptions() {
        Set<ConfigOption<?>> options = sourceAndClient();
        options.add(KinesisTableOptions.STREAM_ARN);
        return options;
    }

    private static Set<ConfigOption<?>> sourceAndClient() {
        Set<ConfigOption<?>> options =
                new HashSet<>(
                        KinesisTableFactory.optionsOf(
                                AwsOptions.class, KinesisSourceOptions.class));
        options.removeIf(option -> WITHOUT_MEANING.stream().anyMatch(option.key()::startsWith));
        return options;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper =
                FactoryUtil.createTableFactoryHelper(
                        this, TranslatedContext.of(context, new OptionTranslation()));
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(
                        DeserializationFormatFactory.class, DynamoDbStreamsTableOptions.FORMAT);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        return new KinesisTableSource(
                source(options),
                format,
                context.getPhysicalRowDataType(),
                MetadataColumn.OF_TABLE,
                KinesisTableFactory.shardIdleTimeout(options),
                options.get(FactoryUtil.SOURCE_PARALLELISM));
    }

    private static KinesisSource source(ReadableConfig options) {
        try {
            return KinesisSource.of(
                    TableStreams.ofTables(options),
                    AwsClientConfig.from(options),
                    KinesisSourceConfig.from(options));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }
}
