package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Decides whose a request of plain HTTP is: its key comes with it, as a bearer token or as the
 * password of Basic, whose user is the name of the client's profile.
 *
 * <p>Unlike a signature such a key can be read by whoever reads the request, so it is another one
 * than the secret of the key pair, and the gateway listens beyond its machine with TLS only.
 *
 * <p>Source: RFC 6750 (Bearer), 2.1 and 3; RFC 7617 (Basic).
 */
public final class HttpKeyAuthenticator {

    private static final String HOW =
            "Send 'Authorization: Bearer KEY', or Basic with the profile's name and the key, where KEY"
                    + " is a hydrant_http_key of the gateway's keys file";

    private final ClientKeys keys;
    private final Client anonymous;

    /**
     * Knows these keys.
     *
     * @param anonymous whose requests are that have no key, or null where there are none
     */
    public HttpKeyAuthenticator(ClientKeys keys, Client anonymous) {
        this.keys = keys;
        this.anonymous = anonymous;
    }

    /**
     * Whose request it is.
     *
     * @throws ServiceError with status 401 where it is nobody's
     */
    public Client authenticate(RequestHead head) {
        String authorization = head.first("Authorization");
        if (authorization == null) {
            if (anonymous == null) {
                throw refused("MissingKey", "The request has no key. " + HOW, "");
            }
            return anonymous;
        }
        String[] parts = authorization.trim().split(" +", 2);
        String value = parts.length == 2 ? parts[1] : "";
        Client client =
                switch (parts[0].toLowerCase(Locale.ROOT)) {
                    case "bearer" -> keys.clientOfHttpKey(value);
                    case "basic" -> basic(value);
                    default ->
                            throw refused(
                                    "UnknownScheme",
                                    "The Authorization header has a scheme that is not taken here;"
                                            + " signatures of AWS are for POST to /. "
                                            + HOW,
                                    "");
                };
        if (client == null) {
            throw refused(
                    "InvalidKey", "No client has this key. " + HOW, ", error=\"invalid_token\"");
        }
        return client;
    }

    private Client basic(String value) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = pair.indexOf(':');
        Client client = colon < 0 ? null : keys.clientOfHttpKey(pair.substring(colon + 1));
        return client != null && client.name().equals(pair.substring(0, colon)) ? client : null;
    }

    private static ServiceError refused(String type, String message, String detail) {
        // Bearer alone: where Basic is offered, browsers ask their user for a password.
        return ServiceError.of(401, type, message)
                .with("WWW-Authenticate", "Bearer realm=\"gateway\"" + detail);
    }
}
