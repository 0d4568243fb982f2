package io.hydrant.iceberg.catalog;

import com.sun.net.httpserver.HttpServer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Catalogs that are not there, that refuse, or that are others than was meant. */
@Timeout(60)
class CatalogConnectionTest {

    @TempDir private Path folder;

    @Test
    void saysThatTheDriverIsMissingAndNotWhatIsInTheAddress() {
        Throwable failure =
                catchThrowable(() -> open(jdbc("jdbc:nosuch://db/lake?password=geheim")));

        assertThat(failure)
                .hasMessage(
                        "The JDBC catalog lake cannot be opened: no JDBC driver takes iceberg.catalog.uri; put that of its database into Flink's lib/, or look whether the address is right");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("geheim");
    }

    @Test
    void saysWhatADatabaseSaysThatIsNotThere() {
        assertThatThrownBy(() -> open(jdbc("jdbc:sqlite:" + folder.resolve("no/folder.db"))))
                .hasMessageStartingWith("The JDBC catalog lake cannot be opened: ")
                .hasMessageContaining("SQLITE_CANTOPEN")
                .hasMessageEndingWith(
                        "; look at iceberg.catalog.uri, iceberg.catalog.warehouse and iceberg.catalog.properties");
    }

    @ParameterizedTest
    @CsvSource({
        "401, the token or credential in iceberg.catalog.properties",
        "403, the token or credential in iceberg.catalog.properties",
        "404, 'iceberg.catalog.uri, iceberg.catalog.warehouse and iceberg.catalog.properties'"
    })
    void saysWhatToLookAtWhereAServerRefuses(int status, String wayOut) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body =
                            "{\"error\":{\"message\":\"Not this one\",\"type\":\"X\",\"code\":%d}}"
                                    .formatted(status)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort();

            assertThatThrownBy(
                            () ->
                                    open(
                                            new CatalogConfig(
                                                    CatalogKind.REST,
                                                    "lake",
                                                    Map.of("uri", uri, "token", "geheim"))))
                    .hasMessageStartingWith("The REST catalog lake cannot be opened: ")
                    .hasMessageContaining("Not this one")
                    .hasMessageNotContaining("geheim")
                    .hasMessageEndingWith("; look at " + wayOut);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void holdsTablesUnderItsOwnNameAndFindsThemWhereTheyAreWhateverItsWarehouse() throws Exception {
        String uri = "jdbc:sqlite:" + folder.resolve("lake.db");
        TableIdentifier table = TableIdentifier.of("shop", "orders");
        Map<String, String> elsewhere = new HashMap<>(jdbc(uri).properties());
        elsewhere.put("warehouse", folder.resolve("other").toUri().toString());
        Catalog first = open(jdbc(uri));
        Catalog otherWarehouse = open(new CatalogConfig(CatalogKind.JDBC, "lake", elsewhere));
        Catalog otherName = open(new CatalogConfig(CatalogKind.JDBC, "sea", elsewhere));
        try {
            first.createTable(table, new Schema());

            assertThat(otherWarehouse.loadTable(table).location())
                    .isEqualTo(first.loadTable(table).location())
                    .contains("warehouse");
            assertThat(otherName.tableExists(table)).isFalse();
        } finally {
            close(first);
            close(otherWarehouse);
            close(otherName);
        }
    }

    private CatalogConfig jdbc(String uri) {
        return new CatalogConfig(
                CatalogKind.JDBC,
                "lake",
                Map.of("uri", uri, "warehouse", folder.resolve("warehouse").toUri().toString()));
    }

    private static Catalog open(CatalogConfig config) {
        return new CatalogConnection(config).loadCatalog();
    }

    private static void close(Catalog catalog) throws IOException {
        ((Closeable) catalog).close();
    }
}
