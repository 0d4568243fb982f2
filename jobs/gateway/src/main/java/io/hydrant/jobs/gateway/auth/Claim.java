package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a request says of its signature; whether that is true, is another question.
 *
 * @param accessKeyId name of the key
 * @param date day of the scope, {@code yyyyMMdd}
 * @param region of the scope
 * @param service of the scope, such as {@code firehose}
 * @param time when it was signed, {@code yyyyMMdd'T'HHmmss'Z'}
 * @param signedHeaders names of the headers that the signature covers, in small letters
 * @param signature in hexadecimal
 */
record Claim(
        String accessKeyId,
        String date,
        String region,
        String service,
        String time,
        List<String> signedHeaders,
        String signature) {

    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final int SCOPE_PARTS = 5;

    /** Day, region and service, as they are signed. */
    String scope() {
        return date + '/' + region + '/' + service + '/' + SignatureV4.TERMINATOR;
    }

    /**
     * Reads it out of a request's headers.
     *
     * @throws ServiceError as AWS names it, where something is missing or malformed
     */
    static Claim of(RequestHead head) {
        String authorization = head.first("Authorization");
        if (authorization == null || authorization.isBlank()) {
            throw ServiceError.ofCaller(
                    "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        if (!authorization.startsWith(SignatureV4.ALGORITHM + ' ')) {
            throw incomplete(
                    "The Authorization header has another algorithm than the one that is taken here, "
                            + SignatureV4.ALGORITHM
                            + ".");
        }
        Map<String, String> parts =
                parts(authorization.substring(SignatureV4.ALGORITHM.length() + 1));
        String credential = require(parts, "Credential");
        String signature = require(parts, "Signature");
        List<String> headers = List.of(SEMICOLON.split(require(parts, "SignedHeaders"), -1));
        String time = head.first("X-Amz-Date");
        if (time == null) {
            throw incomplete("Authorization header requires existence of a 'X-Amz-Date' header.");
        }
        List<String> scope = new ArrayList<>(List.of(SLASH.split(credential, -1)));
        if (scope.size() != SCOPE_PARTS || !scope.get(4).equals(SignatureV4.TERMINATOR)) {
            throw incomplete(
                    "Credential must have the form <key id>/<yyyyMMdd>/<region>/<service>/"
                            + SignatureV4.TERMINATOR
                            + ".");
        }
        return new Claim(
                scope.get(0), scope.get(1), scope.get(2), scope.get(3), time, headers, signature);
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : COMMA.split(text, -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
            }
        }
        return parts;
    }

    private static String require(Map<String, String> parts, String name) {
        String value = parts.get(name);
        if (value == null || value.isEmpty()) {
            throw incomplete("Authorization header requires '" + name + "' parameter.");
        }
        return value;
    }

    private static ServiceError incomplete(String message) {
        return ServiceError.ofCaller("IncompleteSignatureException", message);
    }
}
