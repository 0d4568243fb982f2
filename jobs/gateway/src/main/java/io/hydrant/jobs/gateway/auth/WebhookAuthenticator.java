package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Decides whether a webhook comes from who it says: senders that can send no key of ours sign the
 * body with a secret that they share with us. In two steps, since the body comes later.
 *
 * <p>A signature of the body alone is good for ever: whoever has read such a request can send it
 * again, and nothing else. That of Stripe has a time in it.
 *
 * <p>Source: GitHub, "Validating webhook deliveries" (X-Hub-Signature-256); Shopify, "Verify
 * webhooks" (base64); Stripe, "Verify webhook signatures manually".
 */
public final class WebhookAuthenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int BYTES = 32;
    private static final String PREFIX = "sha256=";

    private final ClientKeys keys;
    private final InstantSource clock;

    /** Knows these keys; the clock tells how old a signature with a time is. */
    public WebhookAuthenticator(ClientKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A request that says whose webhook it is. */
    public static final class Claimed {

        private final WebhookKey key;
        private final String signature;

        private Claimed(WebhookKey key, String signature) {
            this.key = key;
            this.signature = signature;
        }

        /** Whose it is, if the signature is right. */
        public Client client() {
            return key.client();
        }
    }

    /**
     * The first step, on the head alone.
     *
     * @param profile name of the client, as the request says it
     * @throws ServiceError with status 401 where it can be nobody's
     */
    public Claimed claim(String profile, RequestHead head) {
        WebhookKey key = keys.webhookKey(profile);
        if (key == null) {
            throw refused(
                    "UnknownWebhook",
                    "No client of that name has webhooks; webhook=PROFILE names a profile of the"
                            + " gateway's keys file that has a hydrant_webhook_secret");
        }
        String signature = head.first(key.header());
        if (signature == null) {
            throw refused(
                    "MissingSignature",
                    "The request has no " + key.header() + ", which is to have its signature");
        }
        return new Claimed(key, signature.trim());
    }

    /**
     * The second step.
     *
     * @param body as it was sent, before it is unpacked
     * @throws ServiceError with status 401 where nobody who knows the secret has signed it
     */
    public void verify(Claimed claimed, byte[] body) {
        WebhookKey key = claimed.key;
        boolean isStripe = key.scheme() == WebhookKey.Scheme.STRIPE;
        String time = isStripe ? time(claimed.signature) : null;
        List<byte[]> given =
                isStripe ? stripeSignatures(claimed.signature) : List.of(bodySignature(claimed));
        boolean isGood = false;
        for (String secret : key.secrets()) {
            byte[] expected =
                    SignatureV4.hmac(
                            secret.getBytes(StandardCharsets.UTF_8),
                            isStripe ? (time + '.').getBytes(StandardCharsets.UTF_8) : new byte[0],
                            body);
            for (byte[] one : given) {
                // Takes as long for those that differ early as for those that differ late.
                isGood |= MessageDigest.isEqual(expected, one);
            }
        }
        if (!isGood) {
            throw refused(
                    "InvalidSignature",
                    "The signature in "
                            + key.header()
                            + " is not that of this body and this client's hydrant_webhook_secret");
        }
        if (isStripe) {
            requireFreshness(time);
        }
    }

    private static byte[] bodySignature(Claimed claimed) {
        String text = claimed.signature;
        String bare = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        try {
            byte[] bytes =
                    bare.length() == 2 * BYTES
                            ? HexFormat.of().parseHex(bare)
                            : Base64.getDecoder().decode(bare);
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to what would be right.
        }
        throw refused(
                "InvalidSignature",
                "What is in "
                        + claimed.key.header()
                        + " is no HMAC-SHA256: 64 hexadecimal digits, with sha256= before them or not, or"
                        + " 44 characters of base64");
    }

    private static String time(String header) {
        for (String part : header.split(",", -1)) {
            if (part.trim().matches("t=\\d{1,12}")) {
                return part.trim().substring(2);
            }
        }
        throw refused(
                "InvalidSignature", "The signature has no time; it is to be t=SECONDS,v1=HEX");
    }

    private static List<byte[]> stripeSignatures(String header) {
        List<byte[]> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String value = part.trim();
            if (value.matches("v1=[0-9a-fA-F]{64}")) {
                signatures.add(HexFormat.of().parseHex(value.substring(3)));
            }
        }
        return signatures;
    }

    private void requireFreshness(String time) {
        long age = clock.instant().getEpochSecond() - Long.parseLong(time);
        if (Math.abs(age) > TOLERANCE.toSeconds()) {
            throw refused(
                    "StaleSignature",
                    "The signature is of "
                            + age
                            + " seconds ago, which is more than "
                            + TOLERANCE.toSeconds()
                            + "; it may be a copy, or a clock is wrong");
        }
    }

    private static ServiceError refused(String type, String message) {
        return ServiceError.of(401, type, message);
    }
}
