package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class HttpKeyAuthenticatorTest {

    private static final String OLD = "old-0123456789abcdef";
    private static final String NEW = "new-0123456789abcdef==";
    private static final Client HOOKS = new Client("hooks", null, null, null, null);
    private static final Client SHOP = new Client("shop", "AKIDSHOP", "secret", null, null);
    private static final ClientKeys KEYS =
            ClientKeys.of(Map.of(HOOKS, List.of(OLD, NEW), SHOP, List.of()), List.of());

    private final HttpKeyAuthenticator authenticator = new HttpKeyAuthenticator(KEYS, null);

    private record Authorization(String value) implements RequestHead {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String uri() {
            return "/streams/a";
        }

        @Override
        public List<String> values(String header) {
            return value == null || !header.equals("Authorization") ? List.of() : List.of(value);
        }
    }

    @Test
    void eachOfAClientsKeysIsTakenAsBearerAndAsPassword() {
        for (String key : List.of(OLD, NEW)) {
            assertThat(authenticator.authenticate(new Authorization("Bearer " + key)))
                    .isEqualTo(HOOKS);
            assertThat(authenticator.authenticate(new Authorization("bearer  " + key)))
                    .isEqualTo(HOOKS);
            assertThat(authenticator.authenticate(basic("hooks", key))).isEqualTo(HOOKS);
        }
    }

    @Test
    void nobodyComesInOtherwise() {
        assertRefused("MissingKey", null);
        assertRefused("InvalidKey", "Bearer guessed-0123456789abcdef");
        assertRefused("InvalidKey", "Bearer");
        assertRefused("InvalidKey", "Basic");
        assertRefused("InvalidKey", "Basic ???");
        assertRefused("InvalidKey", basic("shop", OLD).value());
        assertRefused("InvalidKey", basic("", OLD).value());
        assertRefused("InvalidKey", "Bearer secret");
        assertRefused("InvalidKey", basic("shop", "secret").value());
        assertRefused("UnknownScheme", "AWS4-HMAC-SHA256 Credential=AKIDSHOP/20260101/…");
        assertRefused("UnknownScheme", "");
    }

    @Test
    void withoutAKeyItIsTheAnonymousClientWhereThereIsOneAndAWrongKeyIsNot() {
        HttpKeyAuthenticator open = new HttpKeyAuthenticator(KEYS, HOOKS);

        assertThat(open.authenticate(new Authorization(null))).isEqualTo(HOOKS);
        assertThat(
                        catchThrowableOfType(
                                ServiceError.class,
                                () -> open.authenticate(new Authorization("Bearer wrong"))))
                .isNotNull();
    }

    private void assertRefused(String type, String authorization) {
        Authorization head = new Authorization(authorization);
        ServiceError error =
                catchThrowableOfType(ServiceError.class, () -> authenticator.authenticate(head));
        assertThat(error).as("for " + authorization).isNotNull();
        assertThat(error.type()).as("for " + authorization).isEqualTo(type);
        assertThat(error.status()).isEqualTo(401);
        assertThat(error.answer(head).headers().get("WWW-Authenticate")).startsWith("Bearer ");
    }

    private static Authorization basic(String user, String password) {
        return new Authorization(
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ':' + password).getBytes(StandardCharsets.UTF_8)));
    }
}
