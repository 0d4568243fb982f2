package io.hydrant.jobs.gateway;

import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for this machine that signs itself, made by the JDK's keytool.
 *
 * @param certificate PEM file
 * @param privateKey PEM file
 * @param keys both, as Java keeps them
 */
public record SelfSigned(Path certificate, Path privateKey, KeyStore keys) {

    private static final String ALIAS = "gateway";
    private static final String PASSWORD = "changeit";

    /** Makes one in a folder. */
    public static SelfSigned make(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .run();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new SelfSigned(
                pem(
                        folder.resolve("gateway.crt"),
                        "CERTIFICATE",
                        keys.getCertificate(ALIAS).getEncoded()),
                pem(
                        folder.resolve("gateway.key"),
                        "PRIVATE KEY",
                        keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                keys);
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN "
                        + what
                        + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(bytes)
                        + "\n-----END "
                        + what
                        + "-----\n");
    }

    /** What a client needs that believes this certificate and no other. */
    TrustManager[] trust() throws GeneralSecurityException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** The settings of a gateway that shows it. */
    String[] settings() {
        return new String[] {
            "gateway.tls.certificate=" + certificate, "gateway.tls.private-key=" + privateKey
        };
    }
}
