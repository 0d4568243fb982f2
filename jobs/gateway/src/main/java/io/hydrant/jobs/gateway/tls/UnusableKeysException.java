package io.hydrant.jobs.gateway.tls;

/** Certificate and key cannot be used; the message says why, and never shows the key. */
final class UnusableKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean isKey;

    private UnusableKeysException(boolean isKey, String message) {
        super(message);
        this.isKey = isKey;
    }

    static UnusableKeysException ofKey(String message) {
        return new UnusableKeysException(true, message);
    }

    static UnusableKeysException ofCertificate(String message) {
        return new UnusableKeysException(false, message);
    }

    /** Whether it is the key's file, else that of the certificate. */
    boolean isKey() {
        return isKey;
    }
}
