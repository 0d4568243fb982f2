package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.ServiceError;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Against the requests of AWS' signing test suite, and against what was done to them since. */
class AuthenticatorTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String SERVICE = "service";

    static List<SignedText> signedByAws() throws IOException {
        List<SignedText> requests = new ArrayList<>();
        try (InputStream in =
                AuthenticatorTest.class.getResourceAsStream("signing-test-suite.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.substring(text.indexOf("=== ") + 4).split("\n=== ", -1)) {
                int end = part.indexOf('\n');
                requests.add(SignedText.parse(part.substring(0, end), part.substring(end)));
            }
        }
        assertThat(requests).hasSize(15);
        return requests;
    }

    @ParameterizedTest
    @MethodSource("signedByAws")
    void takesWhatAwsSigned(SignedText request) {
        if (request.name().equals("post-sts-header-after")) {
            assertThat(typeFor(request))
                    .as("a token that was added behind the signature could be anybody's")
                    .isEqualTo("InvalidSignatureException");
        } else {
            assertThat(authenticate(request, clock(0)).name()).isEqualTo("orders");
        }
    }

    @ParameterizedTest
    @MethodSource("signedByAws")
    void refusesWhatWasChangedSince(SignedText request) {
        SignedText otherBody =
                new SignedText(
                        request.name(), request.method(), request.headers(), request.body() + "!");

        assertThat(error(() -> authenticate(otherBody, clock(0))).type())
                .isEqualTo("InvalidSignatureException");
        assertThat(error(() -> authenticate(request.with("Host", "other"), clock(0))).type())
                .isEqualTo("InvalidSignatureException");
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "-301, false", "0, true", "299, true", "300, true", "301, false"})
    void aSignatureCountsForFiveMinutesEitherWay(long seconds, boolean isTaken) throws Exception {
        SignedText request = vanilla();

        if (isTaken) {
            assertThat(authenticate(request, clock(seconds))).isNotNull();
        } else {
            ServiceError error = error(() -> authenticate(request, clock(seconds)));
            assertThat(error.type()).isEqualTo("InvalidSignatureException");
            assertThat(error)
                    .hasMessageContaining(
                            seconds > 0 ? "Signature expired" : "Signature not yet current");
        }
    }

    /** The SDK for JavaScript does so where it speaks HTTP/2. */
    @Test
    void theHostMayBeSignedByTheNameThatHttp2HasForIt() throws Exception {
        SignedText unsigned =
                vanilla().with("Host", null).with(Authenticator.AUTHORITY, "example.amazonaws.com");
        Claim claim = Claim.of(vanilla());
        SignedText named =
                unsigned.with(
                        "Authorization",
                        vanilla()
                                .first("Authorization")
                                .replace("SignedHeaders=host", "SignedHeaders=:authority"));
        String signature =
                SignatureV4.sign(SECRET, Claim.of(named), named, SignatureV4.sha256(named.bytes()));
        SignedText signed =
                named.with(
                        "Authorization",
                        named.first("Authorization").replace(claim.signature(), signature));

        assertThat(authenticate(signed, clock(0)).name()).isEqualTo("orders");
        assertThat(typeFor(signed.with(Authenticator.AUTHORITY, "elsewhere.example")))
                .isEqualTo("InvalidSignatureException");
    }

    @Test
    void refusesWhatNobodyWithAKeyWouldSend() throws Exception {
        SignedText request = vanilla();
        String authorization = request.first("Authorization");

        assertThat(typeFor(request.with("Authorization", null)))
                .isEqualTo("MissingAuthenticationTokenException");
        assertThat(typeFor(request.with("Authorization", "Basic YTpi")))
                .isEqualTo("IncompleteSignatureException");
        for (String part : List.of("Credential", "SignedHeaders", "Signature")) {
            assertThat(typeFor(request.with("Authorization", authorization.replace(part, "X"))))
                    .isEqualTo("IncompleteSignatureException");
        }
        assertThat(typeFor(request.with("X-Amz-Date", null)))
                .isEqualTo("IncompleteSignatureException");
        assertThat(typeFor(request.with("X-Amz-Date", "yesterday")))
                .isEqualTo("IncompleteSignatureException");
        assertThat(typeFor(request.with("Authorization", authorization.replace("/service/", "/"))))
                .isEqualTo("IncompleteSignatureException");
        assertThat(
                        typeFor(
                                request.with(
                                        "Authorization",
                                        authorization.replace("AKIDEXAMPLE", "AKIDOTHER"))))
                .isEqualTo("UnrecognizedClientException");
        assertThat(
                        typeFor(
                                request.with(
                                        "Authorization",
                                        authorization.replace("/20150830/", "/20150829/"))))
                .isEqualTo("InvalidSignatureException");
        assertThat(
                        typeFor(
                                request.with(
                                        "Authorization",
                                        authorization.replace("host;x-amz-date", "x-amz-date"))))
                .isEqualTo("InvalidSignatureException");
        assertThat(typeFor(request.with("X-Amz-Target", "Firehose_20150804.PutRecord")))
                .as("an action that the signature does not cover")
                .isEqualTo("InvalidSignatureException");
        for (String hash :
                List.of("UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "nonsense")) {
            String signed = authorization.replace("host;x-amz", "host;x-amz-content-sha256;x-amz");
            ServiceError error =
                    error(
                            () ->
                                    authenticate(
                                            request.with("Authorization", signed)
                                                    .with("X-Amz-Content-Sha256", hash),
                                            clock(0)));
            assertThat(error.type()).isEqualTo("InvalidSignatureException");
            assertThat(error.getMessage().contains("sign the SHA-256 of the whole body"))
                    .isEqualTo(!hash.equals("nonsense"));
        }
        assertThat(typeFor(request.with("X-Amz-Security-Token", "stolen")))
                .isEqualTo("InvalidSignatureException");
        assertThat(
                        error(
                                        () ->
                                                new Authenticator(keys(null), clock(0))
                                                        .claim(request, "firehose"))
                                .getMessage())
                .contains("'firehose'");
    }

    @Test
    void theTokenOfTemporaryKeysHasToCome() throws Exception {
        SignedText request = vanilla();

        assertThat(
                        error(
                                        () ->
                                                new Authenticator(keys("token"), clock(0))
                                                        .claim(request, SERVICE))
                                .type())
                .isEqualTo("UnrecognizedClientException");
    }

    @Test
    void aKeyIsNeverPrinted() {
        assertThat(new Client("a", "AKID", SECRET, "token", null).toString())
                .doesNotContain(SECRET)
                .doesNotContain("token");
    }

    private static SignedText vanilla() throws IOException {
        return signedByAws().stream()
                .filter(request -> request.name().equals("post-vanilla"))
                .findFirst()
                .orElseThrow();
    }

    private static String typeFor(SignedText request) {
        return error(() -> authenticate(request, clock(0))).type();
    }

    private static ServiceError error(ThrowingCallable call) {
        ServiceError error = catchThrowableOfType(ServiceError.class, call);
        assertThat(error).isNotNull();
        return error;
    }

    private static Client authenticate(SignedText request, InstantSource clock) {
        Authenticator authenticator =
                new Authenticator(
                        keys(
                                request.values("X-Amz-Security-Token").isEmpty()
                                                || !request.first("Authorization")
                                                        .contains("x-amz-security-token")
                                        ? null
                                        : request.first("X-Amz-Security-Token")),
                        clock);
        return authenticator.verify(
                authenticator.claim(request, SERVICE), request, request.bytes());
    }

    private static ClientKeys keys(String token) {
        return ClientKeys.of(List.of(new Client("orders", "AKIDEXAMPLE", SECRET, token, null)));
    }

    private static InstantSource clock(long secondsLater) {
        return InstantSource.fixed(Instant.parse("2015-08-30T12:36:00Z").plusSeconds(secondsLater));
    }
}
