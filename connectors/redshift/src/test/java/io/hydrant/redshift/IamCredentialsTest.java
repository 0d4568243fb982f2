package io.hydrant.redshift;

import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.redshift.WarehouseCredentials.Login;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IamCredentialsTest {

    private static final ClusterName CLUSTER = new ClusterName(false, "wh", "dev", "us-east-1");
    private static final ClusterName WORKGROUP = new ClusterName(true, "bi", "dev", "us-east-1");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final SetClock clock = new SetClock();
    private ScriptedService service;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private IamCredentials credentials(ClusterName cluster, String user) {
        return new IamCredentials(
                cluster, user, SignedHttpClient.of("redshift", service.aws()), clock);
    }

    @Test
    void asksForAUserOfACluster() throws SQLException {
        service.then(xml("IAM:loader", "a&amp;b&lt;", "2026-11-22T11:00:00.123Z"));
        try (IamCredentials credentials = credentials(CLUSTER, "load er")) {
            assertThat(credentials.login()).isEqualTo(new Login("IAM:loader", "a&b<"));
            assertThat(credentials.login().toString()).isEqualTo("(not shown)");
        }
        assertThat(service.asked())
                .containsExactly(
                        "null Action=GetClusterCredentials&Version=2012-12-01&ClusterIdentifier=wh&DbName=dev&DurationSeconds=3600&DbUser=load+er");
    }

    @Test
    void asksForTheIdentitysOwnUserOfACluster() throws SQLException {
        service.then(xml("IAMR:job", "p", "2026-11-22T11:00:00Z"));
        try (IamCredentials credentials = credentials(CLUSTER, null)) {
            assertThat(credentials.login()).isEqualTo(new Login("IAMR:job", "p"));
        }
        assertThat(service.asked().get(0))
                .startsWith("null Action=GetClusterCredentialsWithIAM&")
                .doesNotContain("DbUser");
    }

    @Test
    void asksForTheUserOfAWorkgroup() throws SQLException {
        service.then(
                "{\"dbUser\":\"IAMR:job\",\"dbPassword\":\"p\",\"expiration\":1795345200.5,\"nextRefreshTime\":1795343000.0}");
        try (IamCredentials credentials = credentials(WORKGROUP, null)) {
            assertThat(credentials.login()).isEqualTo(new Login("IAMR:job", "p"));
        }
        assertThat(service.asked())
                .containsExactly(
                        "RedshiftServerless.GetCredentials {\"workgroupName\":\"bi\",\"dbName\":\"dev\",\"durationSeconds\":3600}");
    }

    @Test
    void asksAnewBeforeTheyExpire() throws SQLException {
        service.then(xml("u", "first", "2026-11-22T11:00:00Z"))
                .then(xml("u", "second", "2026-11-22T12:00:00Z"));
        try (IamCredentials credentials = credentials(CLUSTER, "u")) {
            assertThat(credentials.login().password()).isEqualTo("first");
            clock.now = START.plus(Duration.ofMinutes(57));
            assertThat(credentials.login().password()).isEqualTo("first");
            clock.now = START.plus(Duration.ofMinutes(58));
            assertThat(credentials.login().password()).isEqualTo("second");
        }
        assertThat(service.asked()).hasSize(2);
    }

    @Test
    void asksAnewWhereTheyWereRefused() throws SQLException {
        service.then(xml("u", "first", "2026-11-22T11:00:00Z"))
                .then(xml("u", "second", "2026-11-22T11:00:00Z"));
        try (IamCredentials credentials = credentials(CLUSTER, "u")) {
            assertThat(credentials.login().password()).isEqualTo("first");
            assertThat(credentials.renew()).isTrue();
            assertThat(credentials.login().password()).isEqualTo("second");
            assertThat(credentials.renew()).isFalse();
        }
    }

    @Test
    void saysWhatIsForbiddenAndWhatMayPass() {
        service.then(
                        403,
                        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>")
                .then(503, "<html>busy</html>");
        try (IamCredentials credentials = credentials(CLUSTER, "loader")) {
            assertFails(credentials, LoadFailure.AUTHENTICATION_FAILED, "AccessDenied: not you");
            assertFails(credentials, LoadFailure.CONNECTION_FAILED, "cluster wh, database dev");
        }
    }

    @Test
    void saysWhatIsForbiddenOfAWorkgroup() {
        service.thenError(400, "AccessDeniedException").thenError(400, "ThrottlingException");
        try (IamCredentials credentials = credentials(WORKGROUP, null)) {
            assertFails(
                    credentials,
                    LoadFailure.AUTHENTICATION_FAILED,
                    "workgroup bi, database dev was answered 400, AccessDeniedException: because");
            assertFails(credentials, LoadFailure.CONNECTION_FAILED, "ThrottlingException");
        }
    }

    @Test
    void showsNothingOfAnAnswerThatItCannotRead() {
        service.then("<x><DbUser>u</DbUser><DbPassword>hush</DbPassword></x>")
                .then("<x><DbPassword>hush</x>")
                .then(xml("u", "hush", "hush"));
        try (IamCredentials credentials = credentials(CLUSTER, "u")) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(credentials::login)
                        .isInstanceOf(SQLException.class)
                        .hasNoCause()
                        .hasMessageContaining("got an answer that is none")
                        .hasMessageNotContaining("hush");
            }
        }
    }

    private static void assertFails(IamCredentials credentials, LoadFailure failure, String text) {
        assertThatThrownBy(credentials::login)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(LoadFailure.of(e)).isEqualTo(failure))
                .hasMessageContaining(text);
    }

    private static String xml(String user, String password, String expiration) {
        return "<R><Result><DbUser>"
                + user
                + "</DbUser><DbPassword>"
                + password
                + "</DbPassword><Expiration>"
                + expiration
                + "</Expiration></Result></R>";
    }

    /** A clock that a test sets. */
    private static final class SetClock extends Clock {

        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
