package io.hydrant.jobs.gateway.auth;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a sender of webhooks signs what it sends.
 *
 * @param client whose webhooks they are
 * @param secrets shared with the sender; any of them is good, so that they can be changed
 * @param header where the signature is
 * @param scheme what is signed
 */
record WebhookKey(Client client, List<String> secrets, String header, Scheme scheme) {

    /** What is signed, always with HMAC-SHA256. */
    enum Scheme {
        /** The body; the header has it in hex, with {@code sha256=} before it or not, or base64. */
        BODY,
        /** A time, a point and the body, as Stripe does; the header is {@code t=…,v1=…}. */
        STRIPE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The scheme of that word, or null. */
        static Scheme named(String word) {
            return Stream.of(values())
                    .filter(one -> one.word().equals(word))
                    .findAny()
                    .orElse(null);
        }
    }

    /** Copies the secrets. */
    WebhookKey {
        secrets = List.copyOf(secrets);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return client + ", signed in " + header;
    }
}
