package io.hydrant.localstack.fakes.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request as a service sees it. */
public final class Call {

    private final HttpExchange exchange;
    private final Map<String, String> query;

    Call(HttpExchange exchange) {
        this.exchange = exchange;
        this.query = parseQuery(exchange.getRequestURI());
    }

    /** HTTP method. */
    public String method() {
        return exchange.getRequestMethod();
    }

    /** Path with its escapes undone; a plus sign stays a plus sign. */
    public String path() {
        return decode(exchange.getRequestURI().getRawPath());
    }

    /** Query parameters with their escapes undone; a parameter without value has the empty one. */
    public Map<String, String> query() {
        return query;
    }

    /** A header's first value, or null. */
    public String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** All header names, in the server's spelling (first letter of a word large). */
    public Iterable<Map.Entry<String, List<String>>> headers() {
        Headers headers = exchange.getRequestHeaders();
        return headers.entrySet();
    }

    /** The body as it came over the wire. */
    public InputStream body() {
        return exchange.getRequestBody();
    }

    private static Map<String, String> parseQuery(URI uri) {
        String raw = uri.getRawQuery();
        if (raw == null || raw.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parsed = new LinkedHashMap<>();
        int start = 0;
        while (start <= raw.length()) {
            int end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            int equals = raw.indexOf('=', start);
            if (equals < 0 || equals > end) {
                parsed.put(decode(raw.substring(start, end)), "");
            } else {
                parsed.put(
                        decode(raw.substring(start, equals)),
                        decode(raw.substring(equals + 1, end)));
            }
            start = end + 1;
        }
        return Collections.unmodifiableMap(parsed);
    }

    private static String decode(String escaped) {
        return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
