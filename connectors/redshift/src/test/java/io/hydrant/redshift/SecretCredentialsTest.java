package io.hydrant.redshift;

import io.hydrant.redshift.WarehouseCredentials.Login;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.sql.SQLException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretCredentialsTest {

    private static final String ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:wh";

    private ScriptedService secrets;
    private SecretCredentials credentials;

    @BeforeEach
    void start() throws IOException {
        secrets = new ScriptedService();
        credentials = new SecretCredentials(ARN, secrets.aws());
    }

    @AfterEach
    void stop() {
        credentials.close();
        secrets.close();
    }

    @Test
    void readsTheSecretOnce() throws SQLException {
        secrets.thenSecret("{\"username\":\"u\",\"password\":\"p\",\"engine\":\"redshift\"}");

        assertThat(credentials.login()).isEqualTo(new Login("u", "p"));
        assertThat(credentials.login()).isEqualTo(new Login("u", "p"));

        assertThat(secrets.asked()).hasSize(1);
        assertThat(secrets.asked().get(0))
                .startsWith("secretsmanager.GetSecretValue")
                .contains(ARN);
        assertThat(credentials.login().toString()).doesNotContain("p\"").isEqualTo("(not shown)");
    }

    @Test
    void renewingSaysWhetherTheSecretIsAnother() throws SQLException {
        secrets.thenSecret("{\"username\":\"u\",\"password\":\"p\"}")
                .thenSecret("{\"username\":\"u\",\"password\":\"p\"}")
                .thenSecret("{\"username\":\"u\",\"password\":\"q\"}");
        credentials.login();

        assertThat(credentials.renew()).isFalse();
        assertThat(credentials.renew()).isTrue();
        assertThat(credentials.login().password()).isEqualTo("q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim", "{\"password\":\"geheim\"}", "[\"geheim\"]", "{geheim"})
    void refusesASecretOfAnotherShapeWithoutShowingIt(String text) {
        secrets.thenSecret(text);

        assertThatThrownBy(() -> credentials.login())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e ->
                                assertThat(LoadFailure.of(e))
                                        .isEqualTo(LoadFailure.AUTHENTICATION_FAILED))
                .hasNoCause()
                .hasMessageContaining("no JSON object with the texts username and password")
                .message()
                .doesNotContain("geheim");
    }

    @Test
    void aSecretThatIsNotThereNeedsAPerson() {
        secrets.thenError(400, "ResourceNotFoundException");

        assertThatThrownBy(() -> credentials.login())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e ->
                                assertThat(LoadFailure.of(e))
                                        .isEqualTo(LoadFailure.AUTHENTICATION_FAILED))
                .hasMessageContaining(ARN)
                .hasMessageContaining("because");
    }

    @Test
    void aServiceThatIsNotWellIsTriedAgain() {
        secrets.thenError(503, "InternalServiceError");

        assertThatThrownBy(() -> credentials.login())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e ->
                                assertThat(LoadFailure.of(e))
                                        .isEqualTo(LoadFailure.CONNECTION_FAILED));
    }
}
