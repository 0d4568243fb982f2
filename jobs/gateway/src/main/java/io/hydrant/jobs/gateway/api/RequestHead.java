package io.hydrant.jobs.gateway.api;

import java.util.List;

/** What stands before the body of an HTTP request. */
public interface RequestHead {

    /** Its method, such as {@code POST}. */
    String method();

    /** What it asks for, as it came: path and query. */
    String uri();

    /** Whether it is for the APIs of AWS, which have one path; else it is plain HTTP. */
    default boolean isAws() {
        return uri().equals("/");
    }

    /** The values of a header in their order; upper and lower case are the same. */
    List<String> values(String header);

    /** A header's first value, or null. */
    default String first(String header) {
        List<String> values = values(header);
        return values.isEmpty() ? null : values.get(0);
    }
}
