package io.hydrant.jobs.delivery.document;

import org.apache.flink.configuration.ConfigOption;

import java.util.List;

/**
 * What a {@code DataFormatConversionConfiguration} says.
 *
 * @param path where in the document it stands
 * @param options values of {@link io.hydrant.delivery.conversion.ConversionOptions}
 */
public record FormatConversion(String path, List<Given> options) {

    /** Copies the options. */
    public FormatConversion {
        options = List.copyOf(options);
    }

    /**
     * A value.
     *
     * @param option what it is a value of
     * @param value as the option's text
     * @param path where in the document it stands
     */
    public record Given(ConfigOption<?> option, String value, String path) {}
}
