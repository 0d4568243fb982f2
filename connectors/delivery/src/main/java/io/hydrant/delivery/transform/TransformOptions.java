package io.hydrant.delivery.transform;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.Map;

/** The options of the transform. */
public final class TransformOptions {

    /** Class of the transform. */
    public static final ConfigOption<String> CLASS =
            ConfigOptions.key("delivery.transform.class")
                    .stringType()
                    .defaultValue(PassThrough.class.getName())
                    .withDescription(
                            "Class that transforms records, an io.hydrant.delivery.transform.RecordTransform with a public constructor without parameters. "
                                    + "Its jar comes with 'flink run -C file:///my-transforms.jar', or lies in Flink's lib folder.");

    /** Parameters of the transform. */
    public static final ConfigOption<Map<String, String>> PARAMETERS =
            ConfigOptions.key("delivery.transform.parameters")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "What the transform is told when it opens, as key:value,key:value.");

    private TransformOptions() {}
}
