package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as it stands in a text. */
record SignedText(String name, String method, Map<String, List<String>> headers, String body)
        implements RequestHead {

    /** Reads the text: a request line, headers that may go on in further lines, body. */
    static SignedText parse(String name, String text) {
        List<String> lines = new ArrayList<>(text.strip().lines().toList());
        String method = lines.remove(0).split(" ", 2)[0];
        Map<String, List<String>> headers = new LinkedHashMap<>();
        String last = null;
        while (!lines.isEmpty() && !lines.get(0).isEmpty()) {
            String line = lines.remove(0);
            if (line.startsWith(" ")) {
                List<String> values = headers.get(last);
                values.set(values.size() - 1, values.get(values.size() - 1) + '\n' + line);
            } else {
                String[] parts = line.split(":", 2);
                last = parts[0].toLowerCase(Locale.ROOT);
                headers.computeIfAbsent(last, any -> new ArrayList<>()).add(parts[1]);
            }
        }
        return new SignedText(
                name,
                method,
                headers,
                lines.isEmpty() ? "" : String.join("\n", lines.subList(1, lines.size())));
    }

    SignedText with(String header, String value) {
        Map<String, List<String>> changed = new LinkedHashMap<>(headers);
        if (value == null) {
            changed.remove(header.toLowerCase(Locale.ROOT));
        } else {
            changed.put(header.toLowerCase(Locale.ROOT), List.of(value));
        }
        return new SignedText(name, method, changed, body);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String uri() {
        return "/";
    }

    @Override
    public List<String> values(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public String toString() {
        return name;
    }
}
