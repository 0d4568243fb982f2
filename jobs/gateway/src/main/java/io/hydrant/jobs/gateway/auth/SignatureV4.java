package io.hydrant.jobs.gateway.auth;

import io.hydrant.jobs.gateway.api.RequestHead;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature that a request should have, for the path {@code /} without a query, which is all
 * that AWS' JSON protocols use.
 *
 * <p>Source: AWS Signature Version 4 for API requests, "Create a signed AWS API request" (IAM user
 * guide).
 */
final class SignatureV4 {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String TERMINATOR = "aws4_request";

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private SignatureV4() {}

    /**
     * Signs a request.
     *
     * @param secretKey the key
     * @param claim what the request says of its signature; its own signature is not looked at
     * @param head method and headers
     * @param bodyHash SHA-256 of the body, in hexadecimal
     */
    static String sign(String secretKey, Claim claim, RequestHead head, String bodyHash) {
        String canonical = canonicalRequest(head, claim.signedHeaders(), bodyHash);
        String toSign =
                ALGORITHM
                        + '\n'
                        + claim.time()
                        + '\n'
                        + claim.scope()
                        + '\n'
                        + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part :
                List.of(claim.date(), claim.region(), claim.service(), TERMINATOR, toSign)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(key);
    }

    /** SHA-256 in hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String canonicalRequest(
            RequestHead head, List<String> signedHeaders, String bodyHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(head.method()).append("\n/\n\n");
        for (String name : signedHeaders) {
            text.append(name.toLowerCase(Locale.ROOT)).append(':');
            String separator = "";
            for (String value : head.values(name)) {
                text.append(separator).append(SPACES.matcher(value.trim()).replaceAll(" "));
                separator = ",";
            }
            text.append('\n');
        }
        return text.append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(bodyHash)
                .toString();
    }

    private static byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA256 of all parts, one behind the other. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
