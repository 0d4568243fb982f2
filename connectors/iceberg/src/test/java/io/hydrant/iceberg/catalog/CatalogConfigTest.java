package io.hydrant.iceberg.catalog;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogConfigTest {

    @Test
    void readsByTheClientThatJavaHasUnlessAnotherIsNamed() {
        CatalogConfig config =
                new CatalogConfig(CatalogKind.GLUE, "lake", Map.of("glue.id", "123456789012"));
        CatalogConfig named =
                new CatalogConfig(CatalogKind.GLUE, "lake", Map.of("http-client.type", "apache"));

        assertThat(config.forReading().properties())
                .containsEntry("glue.id", "123456789012")
                .containsEntry("http-client.type", "urlconnection");
        assertThat(named.forReading()).isEqualTo(named);
    }
}
