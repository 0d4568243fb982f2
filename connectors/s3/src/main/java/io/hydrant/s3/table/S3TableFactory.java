package io.hydrant.s3.table;

import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.s3.sink.S3SinkOptions;
import io.hydrant.s3.store.S3StoreOptions;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes tables with {@code 'connector' = 'hydrant-s3'}, whose rows {@link
 * io.hydrant.s3.sink.S3Sink} delivers with its guarantee, under Firehose's names, by Firehose's
 * buffer hints. They can be written and not read.
 *
 * <p>Options are those of the delivery that concern a destination: {@link S3SinkOptions}, {@link
 * S3StoreOptions}, {@link BufferOptions}, {@link FormatOptions}, {@link NamingOptions} and {@link
 * AwsOptions}. {@code format} is any of Flink's that makes bytes of a row, or {@code parquet} or
 * {@code orc}, which {@link ConversionOptions} tune. Unknown keys are refused.
 */
public class S3TableFactory implements DynamicTableSinkFactory {

    /** The name of the connector in a DDL. */
    public static final String IDENTIFIER = "hydrant-s3";

    /** What conversion goes by in between; so that every value arrives as it was. */
    private static final Map<String, String> EXACT_JSON =
            Map.of(
                    "timestamp-format.standard",
                    "ISO-8601",
                    "encode.decimal-as-plain-number",
                    "true");

    private static final Set<ConfigOption<?>> CONVERSION =
            Set.of(
                    ConversionOptions.ROLL_ON_CHECKPOINT,
                    ConversionOptions.PARQUET_BLOCK_SIZE,
                    ConversionOptions.PARQUET_PAGE_SIZE,
                    ConversionOptions.PARQUET_COMPRESSION,
                    ConversionOptions.PARQUET_DICTIONARY,
                    ConversionOptions.PARQUET_V2,
                    ConversionOptions.ORC_STRIPE_SIZE,
                    ConversionOptions.ORC_BLOCK_SIZE,
                    ConversionOptions.ORC_ROW_INDEX_STRIDE,
                    ConversionOptions.ORC_PADDING,
                    ConversionOptions.ORC_PADDING_TOLERANCE,
                    ConversionOptions.ORC_COMPRESSION,
                    ConversionOptions.ORC_BLOOM_COLUMNS,
                    ConversionOptions.ORC_BLOOM_FPP,
                    ConversionOptions.ORC_DICTIONARY_THRESHOLD,
                    ConversionOptions.ORC_V11);

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(S3SinkOptions.BUCKET, FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options =
                new HashSet<>(
                        optionsOf(
                                AwsOptions.class,
                                BufferOptions.class,
                                FormatOptions.class,
                                NamingOptions.class,
                                S3SinkOptions.class,
                                S3StoreOptions.class,
                                S3TableOptions.class));
        options.addAll(CONVERSION);
        options.add(FactoryUtil.SINK_PARALLELISM);
        options.removeAll(requiredOptions());
        return options;
    }

    /** What may change under a plan that was compiled before: how, but not what is written. */
    @Override
    public Set<ConfigOption<?>> forwardOptions() {
        return new HashSet<>(
                optionsOf(
                        AwsOptions.class,
                        BufferOptions.class,
                        S3SinkOptions.class,
                        S3StoreOptions.class));
    }

    private static Collection<ConfigOption<?>> optionsOf(Class<?>... optionClasses) {
        return OptionCatalog.of(optionClasses).options().values();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        Configuration options = Configuration.fromMap(helper.getOptions().toMap());
        FileFormat file = FileFormat.of(options.get(FactoryUtil.FORMAT));
        EncodingFormat<SerializationSchema<RowData>> format =
                file == null
                        ? helper.discoverEncodingFormat(
                                SerializationFormatFactory.class, FactoryUtil.FORMAT)
                        : json(context);
        helper.validate();
        String table = context.getObjectIdentifier().getObjectName();
        try {
            return new S3TableSink(
                    table,
                    TableDelivery.of(
                            options,
                            file,
                            table,
                            context.getCatalogTable().getPartitionKeys(),
                            context.getPhysicalRowDataType()),
                    format,
                    context.getPhysicalRowDataType(),
                    options.get(FactoryUtil.SINK_PARALLELISM));
        } catch (IllegalArgumentException e) {
            throw new ValidationException("Table '" + table + "': " + e.getMessage(), e);
        }
    }

    private static EncodingFormat<SerializationSchema<RowData>> json(Context context) {
        return FactoryUtil.discoverFactory(
                        context.getClassLoader(), SerializationFormatFactory.class, "json")
                .createEncodingFormat(context, Configuration.fromMap(EXACT_JSON));
    }
}
