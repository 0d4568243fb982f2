package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.auth.WebhookKey.Scheme;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class WebhookAuthenticatorTest {

    /** The example of GitHub's page. */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final String BODY = "Hello, World!";
    private static final String HEX =
            "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final String BASE64 = "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=";

    private static final String STRIPE_SECRET = "whsec_0123456789abcdef";
    private static final String STRIPE_BODY = "{\"id\":1}";
    private static final long STRIPE_TIME = 1492774577;
    private static final String STRIPE_HEX =
            "968b6a63258860bc670dcf5809fd8be5b78f67a711637c7fcca89e55d67be3ae";

    private static final Client HUB = new Client("hub", null, null, null, null);
    private static final Client PAY = new Client("pay", null, null, null, null);
    private static final ClientKeys KEYS =
            ClientKeys.of(
                    Map.of(HUB, List.of(), PAY, List.of()),
                    List.of(
                            new WebhookKey(
                                    HUB,
                                    List.of("another-0123456789", SECRET),
                                    "X-Hub-Signature-256",
                                    Scheme.BODY),
                            new WebhookKey(
                                    PAY,
                                    List.of(STRIPE_SECRET),
                                    "Stripe-Signature",
                                    Scheme.STRIPE)));

    private record Signed(String header, String value) implements RequestHead {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String uri() {
            return "/streams/a";
        }

        @Override
        public List<String> values(String name) {
            return name.equals(header) ? List.of(value) : List.of();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=" + HEX, HEX, BASE64})
    void takesWhatTheSenderSigned(String signature) {
        assertThatCode(() -> hub(signature, BODY)).doesNotThrowAnyException();
        assertThat(claim("hub", "X-Hub-Signature-256", signature).client()).isEqualTo(HUB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043ezz",
                "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPh",
                "????"
            })
    void takesNoOtherSignature(String signature) {
        assertRefused("InvalidSignature", () -> hub(signature, BODY));
    }

    @Test
    void aBodyThatIsNotTheSignedOneIsNotTaken() {
        assertRefused("InvalidSignature", () -> hub("sha256=" + HEX, "Hello, World?"));
        assertRefused("InvalidSignature", () -> hub("sha256=" + HEX, ""));
    }

    @Test
    void nobodyComesInWithoutAHeaderOrAsSomebodyElse() {
        assertRefused("MissingSignature", () -> claim("hub", "X-Hub-Signature", HEX));
        assertRefused("UnknownWebhook", () -> claim("nobody", "X-Hub-Signature-256", HEX));
        assertRefused("MissingSignature", () -> claim("pay", "X-Hub-Signature-256", HEX));
    }

    @Test
    void aSignatureWithATimeIsGoodForFiveMinutes() {
        String header = "t=" + STRIPE_TIME + ",v0=00,v1=" + HEX + ", v1=" + STRIPE_HEX;

        assertThatCode(() -> pay(header, STRIPE_TIME)).doesNotThrowAnyException();
        assertThatCode(() -> pay(header, STRIPE_TIME + 300)).doesNotThrowAnyException();
        assertThatCode(() -> pay(header, STRIPE_TIME - 300)).doesNotThrowAnyException();
        assertRefused("StaleSignature", () -> pay(header, STRIPE_TIME + 301));
        assertRefused("StaleSignature", () -> pay(header, STRIPE_TIME - 301));
        assertRefused(
                "InvalidSignature",
                () -> pay("t=" + (STRIPE_TIME + 1) + ",v1=" + STRIPE_HEX, STRIPE_TIME));
        assertRefused("InvalidSignature", () -> pay("v1=" + STRIPE_HEX, STRIPE_TIME));
        assertRefused("InvalidSignature", () -> pay("t=" + STRIPE_TIME, STRIPE_TIME));
        assertRefused(
                "InvalidSignature",
                () -> pay("t=" + STRIPE_TIME + ",v0=" + STRIPE_HEX, STRIPE_TIME));
    }

    @Test
    void showsNoSecret() {
        assertThat(KEYS.webhookKey("hub").toString()).contains("hub").doesNotContain(SECRET);
    }

    private static void hub(String signature, String body) {
        WebhookAuthenticator authenticator = at(0);
        authenticator.verify(
                authenticator.claim("hub", new Signed("X-Hub-Signature-256", signature)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void pay(String signature, long now) {
        WebhookAuthenticator authenticator = at(now);
        authenticator.verify(
                authenticator.claim("pay", new Signed("Stripe-Signature", signature)),
                STRIPE_BODY.getBytes(StandardCharsets.UTF_8));
    }

    private static WebhookAuthenticator.Claimed claim(
            String profile, String header, String signature) {
        return at(0).claim(profile, new Signed(header, signature));
    }

    private static WebhookAuthenticator at(long now) {
        return new WebhookAuthenticator(KEYS, InstantSource.fixed(Instant.ofEpochSecond(now)));
    }

    private static void assertRefused(String type, ThrowingCallable call) {
        ServiceError error = catchThrowableOfType(ServiceError.class, call);
        assertThat(error).isNotNull();
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.status()).isEqualTo(401);
        assertThat(error).hasMessageNotContaining(SECRET);
    }
}
