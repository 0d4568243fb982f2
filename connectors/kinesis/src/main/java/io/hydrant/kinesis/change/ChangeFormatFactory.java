package io.hydrant.kinesis.change;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Makes the format {@code 'format' = 'dynamodb-stream-json'}, which reads records of DynamoDB
 * Streams, and of Kinesis Data Streams for DynamoDB, which has the same JSON.
 */
public final class ChangeFormatFactory implements DeserializationFormatFactory {

    /** The name of the format in a DDL. */
    public static final String IDENTIFIER = "dynamodb-stream-json";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(ChangeFormatOptions.VIEW_TYPE, ChangeFormatOptions.VALUE_MISMATCH);
    }

    @Override
    public Set<ConfigOption<?>> forwardOptions() {
        return Set.of(ChangeFormatOptions.VALUE_MISMATCH);
    }

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig formatOptions) {
        FactoryUtil.validateFactoryOptions(this, formatOptions);
        StreamViewType view = formatOptions.get(ChangeFormatOptions.VIEW_TYPE);
        List<String> key = primaryKey(context);
        requireRows(view, key);
        return new ChangeFormat(view, formatOptions.get(ChangeFormatOptions.VALUE_MISMATCH), key);
    }

    private static void requireRows(StreamViewType view, List<String> key) {
        String option = IDENTIFIER + '.' + ChangeFormatOptions.VIEW_TYPE.key();
        if (view == StreamViewType.OLD_IMAGE || view == StreamViewType.KEYS_ONLY) {
            throw new ValidationException(
                    "'%s' is %s, but such a stream does not say what items became; enable the table's stream with NEW_AND_OLD_IMAGES or NEW_IMAGE, or read its records as they are with 'format' = 'json'"
                            .formatted(option, view));
        }
        if (view == StreamViewType.NEW_IMAGE && key.isEmpty()) {
            throw new ValidationException(
                    "'%s' is NEW_IMAGE, which makes changes by key, but the table has no key; declare PRIMARY KEY (…) NOT ENFORCED with the key attributes of the DynamoDB table"
                            .formatted(option));
        }
    }

    private static List<String> primaryKey(DynamicTableFactory.Context context) {
        List<Column> columns =
                context.getCatalogTable().getResolvedSchema().getColumns().stream()
                        .filter(Column::isPhysical)
                        .toList();
        return Arrays.stream(context.getPrimaryKeyIndexes())
                .mapToObj(index -> columns.get(index).getName())
                .toList();
    }
}
