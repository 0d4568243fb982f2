package io.hydrant.delivery.sample;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;
import java.util.List;

/** The options of a delivery that samples. */
public final class SampleOptions {

    /** Which records are delivered. */
    public static final ConfigOption<SampleMethod> METHOD =
            ConfigOptions.key("delivery.sample.method")
                    .enumType(SampleMethod.class)
                    .noDefaultValue()
                    .withDescription(
                            "Delivers of each key and interval only: LAST, the newest record; FIRST, the one read first; AVERAGE, the newest with the averages of its numbers; ONE_IN_N, every N-th. "
                                    + "The ledger counts the others as dropped. Without it every record is delivered.");

    /** What belongs together. */
    public static final ConfigOption<String> KEY =
            ConfigOptions.key("delivery.sample.key")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Records with equal keys are sampled together: a path such as .device.id, or another jq expression in parentheses that gives a text, number or truth. A record without goes to the error prefix. "
                                    + "Default: all records have one key, and one task takes them all.");

    /** Length of an interval. */
    public static final ConfigOption<Duration> INTERVAL =
            ConfigOptions.key("delivery.sample.interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Length of an interval, from 1 s to 31 days; required with delivery.sample.method. Intervals begin at multiples of it since 1970-01-01T00:00:00Z: 6 h at 0, 6, 12 and 18 o'clock UTC.");

    /** The N of ONE_IN_N. */
    public static final ConfigOption<Integer> COUNT =
            ConfigOptions.key("delivery.sample.count")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The N of ONE_IN_N, at least 2: of each key and interval the first record and every N-th behind it. Required there.");

    /** The numbers that are averaged. */
    public static final ConfigOption<List<String>> FIELDS =
            ConfigOptions.key("delivery.sample.fields")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The fields that AVERAGE averages, such as load;engine.speed. The others stay as the newest record has them. Default: every number that is in an object, not those in arrays.");

    /** When a record happened. */
    public static final ConfigOption<String> TIME =
            ConfigOptions.key("delivery.sample.time")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where a record says when it happened, a path or another jq expression as for the key. A record without a time goes to the error prefix; one from the future counts at its arrival. "
                                    + "Default: the arrival in the stream.");

    /** How it says so. */
    public static final ConfigOption<SampleTimeFormat> TIME_FORMAT =
            ConfigOptions.key("delivery.sample.time-format")
                    .enumType(SampleTimeFormat.class)
                    .defaultValue(SampleTimeFormat.ISO_8601)
                    .withDescription("The form of delivery.sample.time.");

    /** How long late records are waited for. */
    public static final ConfigOption<Duration> LATENESS =
            ConfigOptions.key("delivery.sample.lateness")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How much longer than an interval its records are waited for, up to 1 day. What comes later still is sampled by itself, so an interval may then have several samples, and never none.");

    private SampleOptions() {}
}
