package io.hydrant.jobs.gateway.tls;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificate that the gateway shows, and its key, out of two files that somebody renews while
 * it runs.
 *
 * <p>A handshake looks at the files where that was not done for a minute; connections that are open
 * go on with what they have. What cannot be used, as where only one of the files is new yet,
 * changes nothing. Thread-safe.
 */
public final class ReloadedKeys extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadedKeys.class);
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final Path certificate;
    private final Path privateKey;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final AtomicLong looked;
    private volatile Generation current;

    /** Handshakes that began before the files were renewed end with it. */
    private volatile Generation before;

    private ReloadedKeys(
            Path certificate, Path privateKey, InstantSource clock, LongSupplier nanos) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.clock = clock;
        this.nanos = nanos;
        this.looked = new AtomicLong(nanos.getAsLong());
    }

    /** What was in the files at a time. */
    private record Generation(
            String alias, byte[] certificateFile, byte[] privateKeyFile, TlsKeys keys) {}

    /**
     * Reads the files.
     *
     * @param certificate PEM file with the certificate and those above it
     * @param privateKey PEM file with its key
     * @param clock tells whether a certificate is good still
     * @param nanos the time, as of {@link System#nanoTime()}
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static ReloadedKeys read(
            Path certificate, Path privateKey, InstantSource clock, LongSupplier nanos) {
        ReloadedKeys keys = new ReloadedKeys(certificate, privateKey, clock, nanos);
        keys.current = keys.generation(0, keys.content(certificate), keys.content(privateKey));
        keys.before = keys.current;
        return keys;
    }

    private byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    option(file) + " is " + file + ", which is not there", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    option(file) + " " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Generation generation(int number, byte[] certificateFile, byte[] privateKeyFile) {
        try {
            return new Generation(
                    "gateway-" + number,
                    certificateFile,
                    privateKeyFile,
                    TlsKeys.read(certificateFile, privateKeyFile, clock.instant()));
        } catch (UnusableKeysException e) {
            Path file = e.isKey() ? privateKey : certificate;
            throw new IllegalArgumentException(
                    option(file) + " " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private String option(Path file) {
        return file.equals(privateKey) ? "gateway.tls.private-key" : "gateway.tls.certificate";
    }

    private Generation fresh() {
        long now = nanos.getAsLong();
        long last = looked.get();
        if (now - last >= EVERY_NANOS && looked.compareAndSet(last, now)) {
            try {
                renew();
            } catch (IllegalArgumentException e) {
                LOG.warn("The certificate stays the one of before: {}", e.getMessage());
            }
        }
        return current;
    }

    private synchronized void renew() {
        byte[] certificateFile = content(certificate);
        byte[] privateKeyFile = content(privateKey);
        Generation known = current;
        if (Arrays.equals(certificateFile, known.certificateFile())
                && Arrays.equals(privateKeyFile, known.privateKeyFile())) {
            return;
        }
        int number = Integer.parseInt(known.alias().substring("gateway-".length())) + 1;
        current = generation(number, certificateFile, privateKeyFile);
        before = known;
        LOG.info(
                "A new certificate is shown, which is good until {}",
                current.keys().chain().get(0).getNotAfter().toInstant());
    }

    private Generation of(String alias) {
        Generation now = current;
        if (now.alias().equals(alias)) {
            return now;
        }
        Generation last = before;
        return last.alias().equals(alias) ? last : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Generation shown = fresh();
        return shown.keys().key().getAlgorithm().equals(keyType) ? shown.alias() : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Generation shown = of(alias);
        return shown == null ? null : shown.keys().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Generation shown = of(alias);
        return shown == null ? null : shown.keys().key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
