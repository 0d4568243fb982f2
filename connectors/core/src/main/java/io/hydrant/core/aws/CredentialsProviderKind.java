package io.hydrant.core.aws;

/**
 * The values of {@code aws.credentials.provider}, named as Flink's official AWS connectors name
 * them.
 */
public enum CredentialsProviderKind {
    /** The SDK's default chain: environment, system properties, profile, container, instance. */
    AUTO,
    /** A fixed access key and secret. */
    BASIC,
    /** AWS_ACCESS_KEY_ID and its siblings. */
    ENV_VAR,
    /** The aws.accessKeyId system property and its siblings. */
    SYS_PROP,
    /** A profile of a credentials file. */
    PROFILE,
    /**
     * A role assumed with the credentials of the default chain, or with the basic keys where both
     * are given.
     */
    ASSUME_ROLE,
    /** A role assumed with a web identity token, as on Kubernetes. */
    WEB_IDENTITY_TOKEN
}
