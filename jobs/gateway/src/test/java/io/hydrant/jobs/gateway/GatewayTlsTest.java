package io.hydrant.jobs.gateway;

import io.hydrant.core.aws.SignedHttpClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gateway behind TLS, with a certificate of its own. */
@Timeout(60)
class GatewayTlsTest {

    @TempDir private Path folder;

    @Test
    void takesRecordsOverTlsFromThoseWhoTrustItsCertificate() throws Exception {
        SelfSigned own = SelfSigned.make(folder);
        try (RunningGateway gateway = RunningGateway.start(folder, own.settings());
                SignedHttpClient client = client(gateway.endpoint(), own)) {
            assertThat(gateway.endpoint()).hasScheme("https");

            SignedHttpClient.Answer answer =
                    RunningGateway.call(client, "PutRecord", RunningGateway.record("secret"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(gateway.stored()).containsExactly("secret");
        }
    }

    @Test
    void isNobodyToAClientThatDoesNotKnowItsCertificate() throws Exception {
        SelfSigned own = SelfSigned.make(Files.createDirectory(folder.resolve("own")));
        SelfSigned other = SelfSigned.make(Files.createDirectory(folder.resolve("other")));
        try (RunningGateway gateway = RunningGateway.start(folder, own.settings());
                SignedHttpClient client = client(gateway.endpoint(), other)) {
            assertThatThrownBy(
                            () ->
                                    RunningGateway.call(
                                            client, "PutRecord", RunningGateway.record("secret")))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("PKIX");
            assertThat(gateway.stored()).isEmpty();
        }
    }

    @Test
    void answersNothingInPlainText() throws Exception {
        SelfSigned own = SelfSigned.make(folder);
        try (RunningGateway gateway = RunningGateway.start(folder, own.settings());
                Socket socket =
                        new Socket(gateway.endpoint().getHost(), gateway.endpoint().getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            String said =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(said).doesNotContain("HTTP");
        }
    }

    @Test
    void saysWhichFilesItCannotUse() throws Exception {
        SelfSigned own = SelfSigned.make(folder);
        Files.writeString(own.privateKey(), "no key");

        assertThatThrownBy(() -> RunningGateway.start(folder, own.settings()))
                .hasMessageContaining("gateway.tls.private-key")
                .hasMessageContaining(
                        own.privateKey() + " cannot be used: it holds no private key");
    }

    private static SignedHttpClient client(URI endpoint, SelfSigned trusted) throws Exception {
        var trust = trusted.trust();
        return new SignedHttpClient(
                "firehose",
                Region.EU_WEST_1,
                endpoint,
                StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(RunningGateway.KEY_ID, RunningGateway.SECRET)),
                Apache5HttpClient.builder().tlsTrustManagersProvider(() -> trust).build());
    }
}
