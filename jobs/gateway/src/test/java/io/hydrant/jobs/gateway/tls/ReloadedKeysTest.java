package io.hydrant.jobs.gateway.tls;

import io.hydrant.jobs.gateway.SelfSigned;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReloadedKeysTest {

    private static final String EC = "EC";

    @TempDir private static Path shared;
    private static SelfSigned own;
    private static SelfSigned other;

    @TempDir private Path folder;
    private Path certificate;
    private Path privateKey;
    private InstantSource clock = InstantSource.system();
    private long nanos;

    @BeforeAll
    static void make() throws Exception {
        own = SelfSigned.make(Files.createDirectory(shared.resolve("own")));
        other = SelfSigned.make(Files.createDirectory(shared.resolve("other")));
    }

    @BeforeEach
    void put() throws IOException {
        certificate = folder.resolve("gateway.crt");
        privateKey = folder.resolve("gateway.key");
        put(own.certificate(), own.privateKey());
    }

    @Test
    void showsWhatIsPutInItsPlaceAMinuteLater() throws IOException {
        ReloadedKeys keys = read();
        String begun = keys.chooseEngineServerAlias(EC, null, null);
        put(other.certificate(), other.privateKey());

        later(Duration.ofSeconds(59));
        assertThat(keys.chooseEngineServerAlias(EC, null, null)).isEqualTo(begun);
        later(Duration.ofSeconds(1));
        String renewed = keys.chooseEngineServerAlias(EC, null, null);

        assertThat(shown(keys, renewed)).isEqualTo(certificateOf(other));
        assertThat(keys.getPrivateKey(renewed)).isNotEqualTo(keys.getPrivateKey(begun));
        // A handshake that had begun with it.
        assertThat(shown(keys, begun)).isEqualTo(certificateOf(own));
    }

    @Test
    void waitsForTheKeyWhereOnlyTheCertificateIsNewYet() throws IOException {
        ReloadedKeys keys = read();
        put(other.certificate(), own.privateKey());
        later(Duration.ofMinutes(1));
        assertThat(shown(keys, keys.chooseEngineServerAlias(EC, null, null)))
                .isEqualTo(certificateOf(own));

        put(other.certificate(), other.privateKey());
        later(Duration.ofMinutes(1));
        assertThat(shown(keys, keys.chooseEngineServerAlias(EC, null, null)))
                .isEqualTo(certificateOf(other));
    }

    @Test
    void keepsWhatItHasWhereTheFilesAreGone() throws IOException {
        ReloadedKeys keys = read();
        Files.delete(certificate);
        Files.delete(privateKey);
        later(Duration.ofMinutes(1));

        assertThat(shown(keys, keys.chooseEngineServerAlias(EC, null, null)))
                .isEqualTo(certificateOf(own));
    }

    @Test
    void hasNoKeyOfAnotherKindThanItsOwn() {
        assertThat(read().chooseEngineServerAlias("RSA", null, null)).isNull();
    }

    @Test
    void takesBothOutOfOneFile() throws IOException {
        Files.writeString(
                certificate,
                "Made by hand\n"
                        + Files.readString(own.privateKey())
                        + Files.readString(own.certificate())
                        + Files.readString(other.certificate()));
        privateKey = certificate;

        ReloadedKeys keys = read();

        assertThat(keys.getCertificateChain(keys.chooseEngineServerAlias(EC, null, null)))
                .hasSize(2);
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() throws IOException {
        put(own.certificate(), other.privateKey());
        assertThatThrownBy(this::read)
                .hasMessageContaining(
                        "gateway.tls.private-key "
                                + privateKey
                                + " cannot be used: it is not the key of the certificate of CN=localhost");

        Files.writeString(
                certificate,
                Files.readString(own.certificate()) + Files.readString(other.certificate()));
        assertThatThrownBy(this::read).hasMessageContaining("put that one first");
    }

    @Test
    void refusesACertificateThatIsNotGoodNow() {
        clock = InstantSource.fixed(Instant.now().plus(Duration.ofDays(3)));
        assertThatThrownBy(this::read)
                .hasMessageContaining("gateway.tls.certificate " + certificate)
                .hasMessageContaining("it was good until")
                .hasMessageContaining("have it renewed");

        clock = InstantSource.fixed(Instant.now().minus(Duration.ofDays(3)));
        assertThatThrownBy(this::read).hasMessageContaining("this machine's clock");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, the older form RSA PRIVATE KEY; 'openssl pkcs8 -topk8 -nodes",
        "EC PRIVATE KEY, the older form EC PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY, it has a password; 'openssl pkcs8 -topk8 -nodes",
        "CERTIFICATE, it holds no private key in PEM",
        "PRIVATE KEY, it is no key of RSA",
    })
    void saysWhatAKeyIsThatItDoesNotTake(String block, String message) throws IOException {
        Files.writeString(
                privateKey, "-----BEGIN " + block + "-----\nAAAA\n-----END " + block + "-----\n");

        assertThatThrownBy(this::read)
                .hasMessageContaining(message)
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void saysWhatACertificateIsThatItDoesNotTake() throws IOException {
        Files.writeString(
                certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(this::read).hasMessageContaining("certificate 1 in it is none of X.509");
        Files.writeString(certificate, "nothing");
        assertThatThrownBy(this::read).hasMessageContaining("it holds no certificate in PEM");
        Files.delete(certificate);
        assertThatThrownBy(this::read)
                .hasMessageContaining("gateway.tls.certificate is " + certificate)
                .hasMessageContaining("which is not there");
        Files.createDirectory(certificate);
        assertThatThrownBy(this::read)
                .hasMessageContaining("gateway.tls.certificate " + certificate + " cannot be read");
    }

    private ReloadedKeys read() {
        return ReloadedKeys.read(certificate, privateKey, clock, () -> nanos);
    }

    private void put(Path newCertificate, Path newKey) throws IOException {
        Files.write(certificate, Files.readAllBytes(newCertificate));
        Files.write(privateKey, Files.readAllBytes(newKey));
    }

    private void later(Duration time) {
        nanos += time.toNanos();
    }

    private static Object shown(ReloadedKeys keys, String alias) {
        return keys.getCertificateChain(alias)[0];
    }

    private static Object certificateOf(SelfSigned pair) {
        try {
            return pair.keys().getCertificate(pair.keys().aliases().nextElement());
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
