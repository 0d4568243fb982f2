package io.hydrant.delivery.conversion.json;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How JSON is understood as rows: the two deserializers of Firehose, with their options.
 *
 * <p>Source: Firehose API reference, Deserializer, OpenXJsonSerDe and HiveJsonSerDe; developer
 * guide, "Choose the JSON deserializer".
 */
public sealed interface JsonSerDe extends Serializable {

    /** The one that Firehose's guide recommends, with its defaults. */
    JsonSerDe DEFAULT = new OpenX(true, false, Map.of());

    /**
     * The OpenX SerDe: numbers may stand in texts, and nested JSON may become a text.
     *
     * @param caseInsensitive whether keys are put into lower case before they are looked up
     * @param dotsToUnderscores whether dots in keys become underscores
     * @param columnToKey JSON keys of columns that are called otherwise
     */
    record OpenX(
            boolean caseInsensitive, boolean dotsToUnderscores, Map<String, String> columnToKey)
            implements JsonSerDe {

        /** Copies the mapping. */
        public OpenX {
            columnToKey = Map.copyOf(columnToKey);
        }
    }

    /**
     * The Hive SerDe: every value has to be of its column's type, and texts of timestamps may have
     * formats of their own.
     *
     * @param timestampFormats Joda-Time patterns, or {@code millis}; tried in their order before
     *     {@code yyyy-M-d HH:mm:ss[.S]}
     */
    record Hive(List<String> timestampFormats) implements JsonSerDe {

        /**
         * Copies the formats.
         *
         * @throws IllegalArgumentException naming the one that is no pattern
         */
        public Hive {
            timestampFormats = List.copyOf(timestampFormats);
            timestampFormats.forEach(JodaTimestamps::compile);
        }
    }
}
