package io.hydrant.iceberg;

import io.hydrant.iceberg.catalog.CatalogConfig;
import io.hydrant.iceberg.catalog.CatalogKind;
import io.hydrant.iceberg.row.UnknownFields;
import io.hydrant.iceberg.sink.ForkAction;
import io.hydrant.iceberg.upkeep.UpkeepConfig;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IcebergConfigTest {

    @Test
    void defaultsAreThese() {
        assertThat(config(Map.of("iceberg.route.query", "{operation:.op}")))
                .isEqualTo(
                        new IcebergConfig(
                                new CatalogConfig(CatalogKind.GLUE, "iceberg", Map.of()),
                                List.of(),
                                "{operation:.op}",
                                false,
                                UnknownFields.DEAD_LETTER,
                                "_rest",
                                1_000,
                                Duration.ofSeconds(30),
                                false,
                                Map.of(),
                                32,
                                200_000,
                                "orders",
                                Duration.ofMinutes(5),
                                ForkAction.FAIL,
                                new UpkeepConfig(
                                        false,
                                        192L << 20,
                                        10,
                                        null,
                                        Duration.ofMinutes(5),
                                        null,
                                        10),
                                false,
                                false));
    }

    @Test
    void whatChoosesTablesBeforeTakesThePlaceOfTablesAndQuery() {
        IcebergConfig config = IcebergConfig.from(new Configuration(), "orders", true);

        assertThat(config.tables()).isEmpty();
        assertThat(config.hasOperations()).isTrue();
        assertThatThrownBy(() -> IcebergConfig.from(new Configuration(), "orders"))
                .hasMessageContaining("are both missing");
    }

    @Test
    void catalogsAreMadeOfTheirOptions() {
        assertThat(
                        config(
                                        Map.of(
                                                "iceberg.route.query", "{}",
                                                "iceberg.catalog.type", "REST",
                                                "iceberg.catalog.uri", "http://c",
                                                "iceberg.catalog.warehouse", "s3://w",
                                                "iceberg.catalog.properties", "token:secret"))
                                .catalog())
                .isEqualTo(
                        new CatalogConfig(
                                CatalogKind.REST,
                                "iceberg",
                                Map.of(
                                        "uri",
                                        "http://c",
                                        "warehouse",
                                        "s3://w",
                                        "token",
                                        "secret")))
                .hasToString("REST catalog iceberg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "iceberg.catalog.type=REST | iceberg.catalog.uri is missing; a catalog of kind REST",
                "iceberg.catalog.type=HADOOP | iceberg.catalog.warehouse is missing",
                "iceberg.schema.max-columns=0 | iceberg.schema.max-columns is 0; it must be at least 1",
                "iceberg.write.max-open-files=0 | iceberg.write.max-open-files is 0",
                "iceberg.write.max-keys-in-memory=0 | iceberg.write.max-keys-in-memory is 0",
                "iceberg.commit.id= | iceberg.commit.id is ''; it must be a name",
                "iceberg.tables=7 | iceberg.tables: is not an array",
                "iceberg.compaction.file-size=1 kb | iceberg.compaction.file-size is 1024 bytes; it must be at least 1 mb",
                "iceberg.compaction.min-files=1 | iceberg.compaction.min-files is 1; it must be at least 2",
                "iceberg.compaction.max-delete-files=-1 | iceberg.compaction.max-delete-files is -1; it must be 0 or more",
                "iceberg.upkeep.interval=0 s | iceberg.upkeep.interval is PT0S; it must be longer than 0 s",
                "iceberg.snapshots.kept=0 | iceberg.snapshots.kept is 0; it must be at least 1",
            })
    void refusesWhatCannotBe(String option, String message) {
        Map<String, String> options = new HashMap<>();
        options.put("iceberg.route.query", "{}");
        int equals = option.indexOf('=');
        options.put(option.substring(0, equals), option.substring(equals + 1));

        assertThatThrownBy(() -> config(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void somethingMustSayWhereRecordsGo() {
        String two =
                "[{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":\"b\"},{\"DestinationDatabaseName\":\"a\",\"DestinationTableName\":\"c\"}]";

        assertThatThrownBy(() -> config(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of them must say where records go");
        assertThatThrownBy(() -> config(Map.of("iceberg.tables", two)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing says which records go where");
    }

    private static IcebergConfig config(Map<String, String> options) {
        return IcebergConfig.from(Configuration.fromMap(options), "orders");
    }
}
