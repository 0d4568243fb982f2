package io.hydrant.jobs.gateway.api;

import java.util.List;

/** What stands before the body of an HTTP request. */
public interface RequestHead {

    /** Its method, such as {@code POST}. */
    String method();

    /** The values of a header in their order; upper and lower case are the same. */
    List<String> values(String header);

    /** A header's first value, or null. */
    default String first(String header) {
        List<String> values = values(header);
        return values.isEmpty() ? null : values.get(0);
    }
}
