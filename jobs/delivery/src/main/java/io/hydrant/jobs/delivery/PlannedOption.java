package io.hydrant.jobs.delivery;

import java.util.Objects;

/**
 * An option as the job uses it.
 *
 * @param key its key
 * @param value its value, as one would write it in a configuration; never a secret
 * @param origin where the value comes from: a path in the document, {@code Hydrant}, {@code --set},
 *     a property group, or {@link #DEFAULT}
 */
public record PlannedOption(String key, String value, String origin) {

    /** The origin of a value that nobody gave. */
    public static final String DEFAULT = "default";

    /** Validates that nothing is missing. */
    public PlannedOption {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
    }
}
