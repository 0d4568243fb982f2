package io.hydrant.redshift;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataApiTest {

    private static final String SUBMITTED = "{\"Id\":\"a1\"}";
    private static final String UNDER_WAY = "{\"Id\":\"a1\",\"Status\":\"STARTED\"}";
    private static final String FINISHED = "{\"Id\":\"a1\",\"Status\":\"FINISHED\"}";
    private static final Pattern TOKEN = Pattern.compile("\"ClientToken\":\"([^\"]+)\"");

    private ScriptedService service;
    private DataApi api;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
        api = open(new ClusterName(true, "bi", "dev", "eu-west-1"), null, null);
    }

    @AfterEach
    void stop() {
        api.close();
        service.close();
    }

    private DataApi open(ClusterName cluster, String user, String secretArn) {
        return DataApi.open(
                new WarehouseAccess(
                        Dialect.REDSHIFT,
                        AccessPath.DATA_API,
                        "jdbc:redshift://localhost/dev",
                        cluster,
                        user,
                        null,
                        secretArn,
                        secretArn == null,
                        Duration.ofSeconds(5)),
                service.aws(),
                new WarehouseRig.NoPause());
    }

    @Test
    void asksUntilAStatementIsDone() throws Exception {
        service.then(SUBMITTED)
                .then("{\"Status\":\"SUBMITTED\"}")
                .then("{\"Status\":\"PICKED\"}")
                .then(UNDER_WAY)
                .then(FINISHED);

        api.execute(List.of("SELECT 1"));

        assertThat(service.asked())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("RedshiftData.ExecuteStatement ")
                .contains(
                        "\"WorkgroupName\":\"bi\"", "\"Database\":\"dev\"", "\"Sql\":\"SELECT 1\"");
        assertThat(service.asked().get(4))
                .isEqualTo("RedshiftData.DescribeStatement {\"Id\":\"a1\"}");
    }

    @Test
    void namesAClusterWithItsUserOrASecret() throws Exception {
        ClusterName cluster = new ClusterName(false, "wh", "dev", null);
        service.then(SUBMITTED).then(FINISHED).then(SUBMITTED).then(FINISHED);
        try (DataApi asUser = open(cluster, "loader", null);
                DataApi bySecret = open(cluster, null, "arn:s")) {
            asUser.execute(List.of("SELECT 1", "SELECT 2"));
            bySecret.execute(List.of("SELECT 1"));
        }
        assertThat(service.asked().get(0))
                .startsWith("RedshiftData.BatchExecuteStatement ")
                .contains(
                        "\"ClusterIdentifier\":\"wh\"",
                        "\"DbUser\":\"loader\"",
                        "\"Sqls\":[\"SELECT 1\",\"SELECT 2\"]")
                .doesNotContain("SecretArn");
        assertThat(service.asked().get(2))
                .contains("\"SecretArn\":\"arn:s\"")
                .doesNotContain("DbUser");
    }

    @Test
    void asksAgainWithTheSameTokenWhereTheServiceIsBusy() throws Exception {
        service.thenError(400, "ActiveStatementsExceededException")
                .thenError(500, "InternalServerException")
                .then(SUBMITTED)
                .then(FINISHED)
                .then(SUBMITTED)
                .then(FINISHED);

        api.execute(List.of("SELECT 1"));
        api.execute(List.of("SELECT 1"));

        List<String> tokens =
                service.asked().stream()
                        .map(TOKEN::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1))
                        .toList();
        assertThat(tokens).hasSize(4);
        assertThat(tokens.subList(0, 3)).containsOnly(tokens.get(0));
        assertThat(tokens.get(3)).isNotEqualTo(tokens.get(0));
    }

    @Test
    void givesUpWhereTheServiceStaysBusyAndSaysThatTheOutcomeIsNotKnown() {
        service.thenError(400, "ThrottlingException");

        assertThatThrownBy(() -> api.execute(List.of("SELECT 1")))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(LoadFailure.of(e)).isEqualTo(LoadFailure.CONNECTION_FAILED))
                .hasMessageContaining("ThrottlingException: because");
        assertThat(service.asked()).hasSize(5);
    }

    @Test
    void saysWhichStatementOfABatchFailed() {
        service.then(SUBMITTED)
                .then(
                        "{\"Status\":\"FAILED\",\"Error\":\"all\",\"SubStatements\":["
                                + "{\"Status\":\"FINISHED\"},"
                                + "{\"Status\":\"FAILED\",\"Error\":\"ERROR: permission denied\"},"
                                + "{\"Status\":\"ABORTED\"}]}");

        assertThatThrownBy(() -> api.execute(List.of("a", "b", "c")))
                .isInstanceOfSatisfying(
                        BatchFailedException.class,
                        e -> {
                            assertThat(e.statement()).isEqualTo(1);
                            assertThat(LoadFailure.of(e))
                                    .isEqualTo(LoadFailure.AUTHENTICATION_FAILED);
                        })
                .hasMessage("ERROR: permission denied");
    }

    @Test
    void aBatchThatFailedByNoneOfItsStatementsIsNoFailureOfAny() {
        service.then(SUBMITTED)
                .then(
                        "{\"Status\":\"FAILED\",\"Error\":\"connection lost\",\"SubStatements\":[{\"Status\":\"FINISHED\"}]}");

        assertThatThrownBy(() -> api.execute(List.of("a", "b")))
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(BatchFailedException.class)
                .hasMessage("connection lost");
    }

    @Test
    void cancelsWhatTakesTooLong() {
        // The last answer is given again for as long as somebody asks.
        service.then(SUBMITTED).then(UNDER_WAY);

        assertThatThrownBy(() -> api.execute(List.of("a")))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(LoadFailure.of(e)).isEqualTo(LoadFailure.TIMEOUT))
                .hasMessageContaining("not done after PT1M10S");
        List<String> asked = service.asked();
        assertThat(asked.get(asked.size() - 1))
                .isEqualTo("RedshiftData.CancelStatement {\"Id\":\"a1\"}");
    }

    @Test
    void readsResultsPageByPage() throws Exception {
        service.then(SUBMITTED)
                .then(FINISHED)
                .then(
                        "{\"Records\":[[{\"stringValue\":\"a\"},{\"longValue\":7},{\"isNull\":true}]],\"NextToken\":\"n\"}")
                .then(
                        "{\"Records\":[[{\"stringValue\":\"\"},{\"doubleValue\":0.5},{\"booleanValue\":true}]]}");

        assertThat(api.query("SELECT"))
                .containsExactly(Arrays.asList("a", "7", null), List.of("", "0.5", "true"));
        assertThat(service.asked().get(3))
                .isEqualTo("RedshiftData.GetStatementResult {\"Id\":\"a1\",\"NextToken\":\"n\"}");
    }

    @Test
    void readsTheResultOfEachStatementOfABatch() throws Exception {
        service.then(SUBMITTED)
                .then(FINISHED)
                .then("{\"Records\":[[{\"longValue\":1}]]}")
                .then("{\"Records\":[]}");

        assertThat(api.query(List.of("a", "b"))).containsExactly(List.of(List.of("1")), List.of());
        assertThat(service.asked().get(2)).endsWith("{\"Id\":\"a1:1\"}");
        assertThat(service.asked().get(3)).endsWith("{\"Id\":\"a1:2\"}");
    }
}
