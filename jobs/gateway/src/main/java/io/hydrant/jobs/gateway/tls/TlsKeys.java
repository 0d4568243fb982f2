package io.hydrant.jobs.gateway.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key and the certificate that says whose it is, which go together.
 *
 * <p>Checked here, since a server with a key of another certificate begins to listen and then fails
 * each handshake.
 *
 * @param key the key
 * @param chain its certificate, and those above it
 */
record TlsKeys(PrivateKey key, List<X509Certificate> chain) {

    private static final Pattern KEY_BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");
    private static final Pattern CERTIFICATE_BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
    private static final String PKCS8 = "PRIVATE KEY";

    /** Kinds of keys, with a signature that each can make. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    TlsKeys {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both.
     *
     * @param certificate content of the certificate's file
     * @param privateKey content of the key's file
     * @param now which the certificate has to be good for
     * @throws UnusableKeysException saying which of them is not what it should be, and the way out
     */
    static TlsKeys read(byte[] certificate, byte[] privateKey, Instant now)
            throws UnusableKeysException {
        TlsKeys keys = new TlsKeys(key(privateKey), chain(certificate));
        X509Certificate own = keys.chain.get(0);
        if (!keys.isOf(own.getPublicKey())) {
            throw UnusableKeysException.ofKey(
                    keys.chain.stream().anyMatch(each -> keys.isOf(each.getPublicKey()))
                            ? "it belongs to another certificate of the file than the first; put that one first"
                            : "it is not the key of the certificate of "
                                    + own.getSubjectX500Principal()
                                    + "; give the one that the certificate was made with");
        }
        if (now.isAfter(own.getNotAfter().toInstant())) {
            throw UnusableKeysException.ofCertificate(
                    "it was good until " + own.getNotAfter().toInstant() + "; have it renewed");
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            throw UnusableKeysException.ofCertificate(
                    "it is good from "
                            + own.getNotBefore().toInstant()
                            + " on only; see whether this machine's clock is right");
        }
        return keys;
    }

    private static List<X509Certificate> chain(byte[] content) throws UnusableKeysException {
        // The key may be in the same file, and text between the blocks.
        Matcher block = CERTIFICATE_BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (block.find()) {
                chain.add(
                        (X509Certificate)
                                factory.generateCertificate(
                                        new ByteArrayInputStream(
                                                block.group()
                                                        .getBytes(StandardCharsets.ISO_8859_1))));
            }
        } catch (GeneralSecurityException e) {
            throw UnusableKeysException.ofCertificate(
                    "certificate " + (chain.size() + 1) + " in it is none of X.509");
        }
        if (chain.isEmpty()) {
            throw UnusableKeysException.ofCertificate(
                    "it holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        return chain;
    }

    private static PrivateKey key(byte[] content) throws UnusableKeysException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        Matcher block = KEY_BLOCK.matcher(text);
        if (!block.find()) {
            throw UnusableKeysException.ofKey(
                    "it holds no private key in PEM (-----BEGIN PRIVATE KEY-----)");
        }
        if (text.contains("ENCRYPTED")) {
            throw UnusableKeysException.ofKey(
                    "it has a password; 'openssl pkcs8 -topk8 -nodes -in FILE' writes it without");
        }
        if (!block.group(1).equals(PKCS8)) {
            throw UnusableKeysException.ofKey(
                    "it is in the older form "
                            + block.group(1)
                            + "; 'openssl pkcs8 -topk8 -nodes -in FILE' writes it as PRIVATE KEY");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw UnusableKeysException.ofKey("what it holds is not base64");
        }
        for (String kind : SIGNATURES.keySet()) {
            try {
                return KeyFactory.getInstance(kind)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // Then it is of another kind.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + kind, e);
            }
        }
        throw UnusableKeysException.ofKey("it is no key of RSA, EC or EdDSA");
    }

    /** Whether what the key signs is good by the other. */
    private boolean isOf(PublicKey other) {
        if (!key.getAlgorithm().equals(other.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            byte[] probe = "gateway".getBytes(StandardCharsets.UTF_8);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(other);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
