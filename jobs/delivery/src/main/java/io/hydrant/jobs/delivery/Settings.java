package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.processing.ProcessingOptions;
import io.hydrant.delivery.sample.SampleOptions;
import io.hydrant.delivery.transform.TransformOptions;
import io.hydrant.expression.ExpressionOptions;
import io.hydrant.iceberg.IcebergOptions;
import io.hydrant.iceberg.catalog.CatalogOptions;
import io.hydrant.iceberg.upkeep.UpkeepOptions;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.lambda.LambdaOptions;
import io.hydrant.redshift.RedshiftOptions;
import io.hydrant.s3.archive.ArchiveOptions;
import io.hydrant.s3.sink.BackupOptions;
import io.hydrant.s3.sink.S3SinkOptions;
import io.hydrant.s3.store.S3StoreOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options of all rooms with the values that were given, and by whom. What is given later
 * counts.
 */
final class Settings {

    static final OptionCatalog CATALOG =
            OptionCatalog.of(
                    DeliveryJobOptions.class,
                    AwsOptions.class,
                    KinesisSourceOptions.class,
                    TransformOptions.class,
                    ExpressionOptions.class,
                    ProcessingOptions.class,
                    LambdaOptions.class,
                    SampleOptions.class,
                    BufferOptions.class,
                    FormatOptions.class,
                    ConversionOptions.class,
                    NamingOptions.class,
                    S3SinkOptions.class,
                    BackupOptions.class,
                    S3StoreOptions.class,
                    ArchiveOptions.class,
                    IcebergOptions.class,
                    UpkeepOptions.class,
                    CatalogOptions.class,
                    RedshiftOptions.class);

    private static final String NOT_SHOWN = "(not shown)";

    /** What may hold a secret; the parameters of a transform are the user's own. */
    private static final Set<String> SECRETS =
            Set.of(
                    AwsOptions.BASIC_SECRET_KEY.key(),
                    TransformOptions.PARAMETERS.key(),
                    CatalogOptions.PROPERTIES.key(),
                    RedshiftOptions.JDBC_URL.key(),
                    RedshiftOptions.PASSWORD.key());

    private final Problems problems;
    private final Configuration config = new Configuration();
    private final Map<String, String> origins = new TreeMap<>();
    private final Set<String> given = new HashSet<>();

    Settings(Problems problems) {
        this.problems = problems;
    }

    /** Gives a value that a document has; null gives nothing. */
    void put(ConfigOption<?> option, Object value, String origin) {
        if (value != null) {
            config.setString(option.key(), value.toString());
            origins.put(option.key(), origin);
        }
    }

    /**
     * Gives a value to the option of that key, over the document's own.
     *
     * @param place how problems call the key
     */
    void give(String key, String value, String origin, String place) {
        ConfigOption<?> option = CATALOG.options().get(key);
        if (option == null) {
            problems.add(place, CATALOG.problemWith(key));
            return;
        }
        String before = config.getString(key, null);
        if (before != null && !before.equals(value) && !SECRETS.contains(key)) {
            problems.notice(
                    place, "'" + value + "' counts, not '" + before + "' of " + origins.get(key));
        }
        put(option, value, origin);
        given.add(key);
        String problem = problemWithType(option);
        if (problem != null) {
            problems.add(place, problem);
            config.removeKey(key);
        }
    }

    /** The values, for the rooms to read. */
    Configuration configuration() {
        return new Configuration(config);
    }

    /** Who gave the value of an option, or null where nobody did. */
    String originOf(String key) {
        return origins.get(key);
    }

    /** Whether somebody gave the option by its key, be it over the document's own. */
    boolean isGiven(String key) {
        return given.contains(key);
    }

    /** Every option that has a value, with it and where it comes from; sorted, without secrets. */
    List<PlannedOption> effective() {
        List<PlannedOption> effective = new ArrayList<>();
        for (ConfigOption<?> option : CATALOG.options().values()) {
            Object value = config.get(option);
            if (value != null) {
                effective.add(
                        new PlannedOption(
                                option.key(),
                                shown(option.key(), value),
                                origins.getOrDefault(option.key(), PlannedOption.DEFAULT)));
            }
        }
        return effective;
    }

    private static String shown(String key, Object value) {
        boolean isEmptyMap = value instanceof Map<?, ?> map && map.isEmpty();
        return SECRETS.contains(key) && !isEmptyMap ? NOT_SHOWN : OptionCatalog.shown(value);
    }

    private String problemWithType(ConfigOption<?> option) {
        try {
            config.get(option);
            return null;
        } catch (IllegalArgumentException e) {
            String value =
                    SECRETS.contains(option.key()) ? NOT_SHOWN : config.getString(option.key(), "");
            return "'" + value + "' is not allowed; " + CATALOG.allowedValues(option.key());
        }
    }
}
