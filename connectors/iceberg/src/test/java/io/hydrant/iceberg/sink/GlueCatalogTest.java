package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.catalog.CatalogConnection;

import org.apache.iceberg.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Commits by Iceberg's own catalog of Glue, which two writers and others change at once. */
class GlueCatalogTest {

    private static final String APPLE = "{\"id\":1,\"item\":\"apple\",\"count\":3}";
    private static final String PEAR = "{\"id\":2,\"item\":\"pear\",\"count\":5}";
    private static final String PLUM = "{\"id\":3,\"item\":\"plum\",\"count\":7}";

    @TempDir private Path folder;

    private GlueDouble glue;
    private Catalog catalog;
    private Catalog other;

    @BeforeEach
    void open() throws IOException {
        glue = new GlueDouble();
        catalog = new CatalogConnection(config("ours").catalog()).loadCatalog();
        other = new CatalogConnection(config("theirs").catalog()).loadCatalog();
        Deliveries.create(catalog);
    }

    @AfterEach
    void close() throws IOException {
        ((Closeable) other).close();
        ((Closeable) catalog).close();
        glue.close();
    }

    @Test
    void twoDeliveriesThatCommitAtOnceAreBothThereOnce() throws Exception {
        Deliveries ours = new Deliveries(catalog, config("ours"));
        Deliveries theirs = new Deliveries(other, config("theirs"));
        TableCommit first = ours.commit("a@1", APPLE);
        TableCommit second = ours.commit("a@2", PEAR);
        TableCommit foreign = theirs.commit("b@1", PLUM);
        glue.beforeNextUpdate(() -> commit(theirs, foreign));

        assertThat(ours.committer().commit(List.of(first))).isEqualTo(1);

        assertThat(glue.refusals()).contains("ConcurrentModificationException");
        assertThat(Deliveries.rows(other)).containsExactly("1 apple 3", "3 plum 7");
        assertThat(theirs.committer().commit(List.of(foreign))).isZero();
        assertThat(ours.committer().commit(List.of(first, second))).isEqualTo(1);
        assertThat(Deliveries.rows(other)).containsExactly("1 apple 3", "2 pear 5", "3 plum 7");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsThereOnce() throws Exception {
        Deliveries ours = new Deliveries(catalog, config("ours"));
        TableCommit commit = ours.commit("a@1", APPLE);
        glue.loseNextAnswer();

        ours.committer().commit(List.of(commit));

        assertThat(ours.committer().commit(List.of(commit))).isZero();
        assertThat(Deliveries.rows(other)).containsExactly("1 apple 3");
    }

    /** As somebody does who describes tables, and knows nothing of Iceberg. */
    @Test
    void whatOthersWriteIntoTheEntryOfATableIsNotLostAndLosesNothing() throws Exception {
        Deliveries ours = new Deliveries(catalog, config("ours"));
        glue.beforeNextUpdate(this::describeTable);

        assertThat(ours.committer().commit(List.of(ours.commit("a@1", APPLE)))).isEqualTo(1);

        assertThat(glue.refusals()).contains("ConcurrentModificationException");
        assertThat(Deliveries.rows(other)).containsExactly("1 apple 3");
        try (GlueClient client = client()) {
            assertThat(entry(client).parameters()).containsEntry("owner", "shop");
        }
    }

    private static void commit(Deliveries delivery, TableCommit commit) {
        try {
            delivery.committer().commit(List.of(commit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void describeTable() {
        try (GlueClient client = client()) {
            Table table = entry(client);
            Map<String, String> parameters = new HashMap<>(table.parameters());
            parameters.put("owner", "shop");
            client.updateTable(
                    update ->
                            update.databaseName("shop")
                                    .tableInput(
                                            input ->
                                                    input.name(table.name())
                                                            .tableType(table.tableType())
                                                            .parameters(parameters)
                                                            .storageDescriptor(
                                                                    table.storageDescriptor())));
        }
    }

    private static Table entry(GlueClient client) {
        return client.getTable(get -> get.databaseName("shop").name("orders")).table();
    }

    private GlueClient client() {
        return GlueClient.builder()
                .endpointOverride(glue.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private IcebergConfig config(String commitId) {
        return Deliveries.config(
                "iceberg.catalog.type",
                "GLUE",
                "iceberg.catalog.warehouse",
                folder.toUri().toString(),
                "iceberg.commit.id",
                commitId,
                "iceberg.catalog.properties",
                properties(
                        Map.of(
                                "glue.endpoint", glue.endpoint().toString(),
                                "client.region", "eu-west-1",
                                "http-client.type", "urlconnection",
                                "client.credentials-provider",
                                        AnonymousCredentialsProvider.class.getName(),
                                "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO")));
    }

    /** As the option has them, quoted so that nothing in them is taken apart. */
    private static String properties(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(each -> each.getKey() + ":'" + each.getValue() + "'")
                .map(each -> "'" + each.replace("'", "''") + "'")
                .collect(Collectors.joining(","));
    }
}
