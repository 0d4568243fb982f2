package io.hydrant.localstack.bench.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;

/** Hands what a case finds out from its JVM to the one that writes the page. */
public final class Findings {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Findings() {}

    static void write(WarehouseSettings settings, Object findings) throws IOException {
        JSON.writeValue(settings.findings().toFile(), findings);
    }

    /**
     * Reads what a case found.
     *
     * @throws IOException if it left nothing of the kind
     */
    public static <T> T read(WarehouseSettings settings, Class<T> type) throws IOException {
        return JSON.readValue(settings.findings().toFile(), type);
    }
}
