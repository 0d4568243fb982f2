package io.hydrant.kinesis.table;

/**
 * The same tables by the name {@code 'connector' = 'kinesis-legacy'}, under which the official
 * connector has kept the options of its release 4.
 */
public final class KinesisLegacyTableFactory extends KinesisTableFactory {

    /** The name of the connector in a DDL. */
    public static final String LEGACY_IDENTIFIER = "kinesis-legacy";

    @Override
    public String factoryIdentifier() {
        return LEGACY_IDENTIFIER;
    }
}
