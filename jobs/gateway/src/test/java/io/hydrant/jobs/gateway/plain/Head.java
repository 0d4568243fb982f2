package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.RequestHead;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A head as a test says it. */
record Head(String method, String uri, Map<String, String> headers) implements RequestHead {

    static Head post(String uri, String... namesAndValues) {
        return of("POST", uri, namesAndValues);
    }

    static Head of(String method, String uri, String... namesAndValues) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Head(method, uri, headers);
    }

    @Override
    public List<String> values(String header) {
        String value = headers.get(header);
        return value == null ? List.of() : List.of(value);
    }
}
