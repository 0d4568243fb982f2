package io.hydrant.redshift;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedshiftConfigTest {

    private static final Map<String, String> LEAST =
            Map.of(
                    "s3.bucket", "stage",
                    "delivery.stream.name", "flights",
                    "redshift.jdbc-url",
                            "jdbc:redshift://c.x1.eu-west-1.redshift.amazonaws.com:5439/dev?password=hush",
                    "redshift.user", "loader",
                    "redshift.password", "hush",
                    "redshift.table", "sales.flights");

    @Test
    void hasTheseDefaults() {
        RedshiftConfig config = config(Map.of());
        assertThat(config.access().dialect()).isEqualTo(Dialect.REDSHIFT);
        assertThat(config.columns()).isEmpty();
        assertThat(config.upsert()).isNull();
        assertThat(config.mode()).isEqualTo(LoadMode.APPEND);
        assertThat(config.copy()).isEmpty();
        assertThat(config.iamRole()).isEqualTo("default");
        assertThat(config.ledgerTable()).isEqualTo("sales.flights_hydrant_ledger");
        assertThat(config.maxErrors()).isEqualTo(1000);
        assertThat(config.rowsPerRecord()).isEqualTo(RowsPerRecord.ONE);
        assertThat(config.filesPerLoad()).isEqualTo(1000);
        assertThat(config.retryDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(config.stagedRetention()).isNull();
        assertThat(config.onError()).isEqualTo(ErrorAction.FAIL);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.queuePrefix()).isEqualTo("_hydrant/loads/");
        assertThat(config.errorManifestPrefix()).isEqualTo("errors/manifests/");
        assertThat(config.access().statementTimeout()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void takesMaxErrorOfCopyBeforeItsOwn() {
        assertThat(config(Map.of("redshift.copy-options", "CSV MAXERROR 7")).maxErrors())
                .isEqualTo(7);
    }

    @Test
    void stagesParquetWhereCopyIsToldSo() {
        RedshiftConfig config =
                config(
                        Map.of(
                                "redshift.copy-options", "FORMAT AS PARQUET",
                                "redshift.columns", "\"id\", Name",
                                "delivery.conversion.format", "PARQUET",
                                "delivery.conversion.columns", "struct<ID:int,name:string>"));
        assertThat(config.staging().conversion()).isNotNull();
        assertThat(config.maxErrors()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
                    FORMAT AS PARQUET ! id, name ! x= ! redshift.copy-options has PARQUET, and records are staged as they come
                    JSON 'auto' ! id, name ! delivery.conversion.format=PARQUET ! redshift.copy-options does not say so
                    FORMAT AS PARQUET ! id, name ! delivery.conversion.format=ORC ! delivery.conversion.format is ORC
                    FORMAT AS PARQUET ! name, id ! delivery.conversion.format=PARQUET ! COPY takes columns of Parquet by their place
                    FORMAT AS PARQUET ! id ! delivery.conversion.format=PARQUET ! delivery.conversion.columns has id, name, and redshift.columns id
                    FORMAT AS PARQUET FILLRECORD ! id ! delivery.conversion.format=PARQUET ! COPY takes columns of Parquet by their place
                    """)
    void refusesParquetThatIsNotWhatCopyReads(
            String copy, String columns, String conversion, String message) {
        Map<String, String> options = new HashMap<>();
        options.put("redshift.copy-options", copy);
        options.put("redshift.columns", columns);
        options.put(
                conversion.substring(0, conversion.indexOf('=')),
                conversion.substring(conversion.indexOf('=') + 1));
        options.put("delivery.conversion.columns", "struct<id:int,name:string>");
        assertThatThrownBy(() -> config(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesMoreErrorsThanNoneOfParquetAndColumnsThatMayChange() {
        Map<String, String> options =
                Map.of(
                        "redshift.copy-options", "FORMAT AS PARQUET",
                        "redshift.max-errors", "5",
                        "delivery.conversion.format", "PARQUET",
                        "delivery.conversion.columns", "struct<id:int>");
        assertThatThrownBy(() -> config(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redshift.max-errors is 5, and COPY refuses no single row");
        Map<String, String> ofTable =
                Map.of(
                        "redshift.copy-options", "FORMAT AS PARQUET",
                        "delivery.conversion.format", "PARQUET",
                        "delivery.conversion.table.database", "shop",
                        "delivery.conversion.table.name", "orders");
        assertThatThrownBy(() -> config(ofTable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delivery.conversion.table.name says the columns");
    }

    @Test
    void namesTheLedgerOfAQuotedTableWithinItsQuotes() {
        assertThat(config(Map.of("redshift.table", "sales.\"My Flights\"")).ledgerTable())
                .isEqualTo("sales.\"My Flights_hydrant_ledger\"");
    }

    @Test
    void takesKeysOnlyFromTheColumnsThatItNames() {
        Map<String, String> options = Map.of("redshift.keys", "id", "redshift.order-column", "at");
        assertThatThrownBy(() -> config(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redshift.keys names id, which is not in redshift.columns");
        Map<String, String> complete = new HashMap<>(options);
        complete.put("redshift.columns", "id, name, at");
        assertThat(config(complete).upsert().order()).isEqualTo("at");
    }

    @Test
    void replacesNoTableByKeys() {
        Map<String, String> options =
                Map.of(
                        "redshift.keys", "id",
                        "redshift.order-column", "at",
                        "redshift.columns", "id, at",
                        "redshift.load-mode", "REPLACE");
        assertThatThrownBy(() -> config(options))
                .hasMessageContaining("redshift.load-mode is REPLACE, and redshift.keys is given");
    }

    @Test
    void takesAPostgresqlWithTheParametersThatItCanDoAndNoRole() {
        String url = "jdbc:postgresql://db.example.com:5432/dev?password=hush";
        assertThat(config(Map.of("redshift.jdbc-url", url)).access().dialect())
                .isEqualTo(Dialect.POSTGRESQL);
        assertThat(
                        config(Map.of("redshift.jdbc-url", url, "redshift.dialect", "REDSHIFT"))
                                .access()
                                .jdbcUrl())
                .startsWith("jdbc:redshift://db.example.com");
        assertThatThrownBy(
                        () ->
                                config(
                                        Map.of(
                                                "redshift.jdbc-url",
                                                url,
                                                "redshift.iam-role",
                                                "arn:aws:iam::111122223333:role/r")))
                .hasMessageContaining("PostgreSQL reads no bucket; leave it out");
        assertThatThrownBy(
                        () ->
                                config(
                                        Map.of(
                                                "redshift.jdbc-url",
                                                url,
                                                "redshift.copy-options",
                                                "FIXEDWIDTH 'a:1'")))
                .hasMessageContaining("FIXEDWIDTH, which does not go with PostgreSQL");
    }

    @Test
    void saysNoSecret() {
        assertThat(config(Map.of()).toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            textBlock =
                    """
                    redshift.table ! flights; DROP TABLE x ! must be a table's name
                    redshift.table ! a.b.c.d ! must be a table's name
                    redshift.columns ! a, b c ! 'b c' is not a column's name
                    redshift.columns ! a, a ! names a twice
                    redshift.keys ! id ! redshift.order-column is missing
                    redshift.order-column ! at ! redshift.keys is missing
                    redshift.copy-options ! CSV GZIP ! says that objects are GZIP, but delivery.compression is UNCOMPRESSED
                    delivery.compression ! GZIP ! says that objects are UNCOMPRESSED
                    redshift.jdbc-url ! jdbc:mysql://x?password=hush ! 'jdbc:mysql://x'; it must begin with jdbc:redshift://
                    redshift.dialect ! POSTGRESQL ! for POSTGRESQL it must begin with jdbc:postgresql://
                    redshift.iam-role ! me' ! must be default or the ARN
                    redshift.ledger-table ! Sales.Flights ! which is the table that is loaded
                    redshift.max-errors ! 100001 ! from 0 to 100000
                    redshift.files-per-load ! 0 ! from 1 to
                    redshift.retry-duration ! 8 d ! from zero to
                    redshift.staged-retention ! 59 min ! must be at least PT1H
                    redshift.poll-interval ! 10 ms ! at least 100 ms
                    redshift.statement-timeout ! 10 ms ! from 1 s to 1 d
                    redshift.queue-prefix ! /x/ ! must end with a slash and not begin with one
                    redshift.secret-arn ! wh ! redshift.secret-arn is 'wh', and redshift.user is given, too
                    redshift.password ! `` ! redshift.password is missing
                    redshift.access ! DATA_API ! redshift.password is given, and redshift.access is DATA_API, which takes none
                    redshift.iam-authentication ! true ! redshift.password is given, and redshift.iam-authentication is true
                    """)
    void refusesWhatCannotWork(String key, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hush");
    }

    @Test
    void knowsTheClusterWhereAwsIsAskedForIt() {
        Map<String, String> byIam = new HashMap<>(LEAST);
        byIam.remove("redshift.password");
        byIam.put("redshift.iam-authentication", "true");
        byIam.put("redshift.jdbc-url", "jdbc:redshift://c.x1.eu-west-1.redshift.amazonaws.com/dev");
        WarehouseAccess access = RedshiftConfig.from(Configuration.fromMap(byIam)).access();
        assertThat(access.cluster()).isEqualTo(new ClusterName(false, "c", "dev", "eu-west-1"));
        assertThat(access.path()).isEqualTo(AccessPath.JDBC);
        assertThat(config(Map.of()).access().cluster()).isNull();
    }

    @Test
    void refusesAUserWhereTheIdentityIsOne() {
        Map<String, String> serverless = new HashMap<>(LEAST);
        serverless.remove("redshift.password");
        serverless.put("redshift.access", "DATA_API");
        serverless.put("redshift.workgroup", "bi");
        assertThatThrownBy(() -> RedshiftConfig.from(Configuration.fromMap(serverless)))
                .hasMessageContaining(
                        "redshift.user is 'loader', and the warehouse is workgroup bi, database dev");
        serverless.remove("redshift.user");
        serverless.put("redshift.jdbc-url", "jdbc:postgresql://db.example.org/dev");
        assertThatThrownBy(() -> RedshiftConfig.from(Configuration.fromMap(serverless)))
                .hasMessageContaining(
                        "redshift.access is for Redshift, and the warehouse is POSTGRESQL");
    }

    private static RedshiftConfig config(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(options);
        return RedshiftConfig.from(Configuration.fromMap(all));
    }
}
