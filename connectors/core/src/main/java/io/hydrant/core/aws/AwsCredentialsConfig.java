package io.hydrant.core.aws;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where a client's credentials come from, validated. Its text never holds a secret.
 *
 * @param kind which provider
 * @param accessKeyId for BASIC, and for an assumed role that starts from fixed keys; else null
 * @param secretKey likewise
 * @param profileName for PROFILE, else null
 * @param profilePath for PROFILE, null for the SDK's default file
 * @param roleArn for ASSUME_ROLE and WEB_IDENTITY_TOKEN
 * @param roleSessionName session name of the assumed role
 * @param roleExternalId for ASSUME_ROLE, null for none
 * @param stsEndpoint null for the region's own
 * @param webIdentityTokenFile for WEB_IDENTITY_TOKEN, null for the environment's
 */
public record AwsCredentialsConfig(
        CredentialsProviderKind kind,
        String accessKeyId,
        String secretKey,
        String profileName,
        String profilePath,
        String roleArn,
        String roleSessionName,
        String roleExternalId,
        String stsEndpoint,
        String webIdentityTokenFile)
        implements Serializable {

    /** Validates that what the kind needs is there, and that both halves of a key pair are. */
    public AwsCredentialsConfig {
        Objects.requireNonNull(kind, "kind");
        if ((accessKeyId == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "Give both or none of "
                            + AwsOptions.BASIC_ACCESS_KEY_ID.key()
                            + " and "
                            + AwsOptions.BASIC_SECRET_KEY.key());
        }
        if (kind == CredentialsProviderKind.BASIC && accessKeyId == null) {
            throw missing(kind, AwsOptions.BASIC_ACCESS_KEY_ID);
        }
        if (kind == CredentialsProviderKind.ASSUME_ROLE && roleArn == null) {
            throw missing(kind, AwsOptions.ROLE_ARN);
        }
    }

    /** Reads the {@code aws.credentials.*} options. */
    static AwsCredentialsConfig from(ReadableConfig config) {
        return new AwsCredentialsConfig(
                config.getOptional(AwsOptions.CREDENTIALS_PROVIDER).orElse(kindOf(config)),
                config.get(AwsOptions.BASIC_ACCESS_KEY_ID),
                config.get(AwsOptions.BASIC_SECRET_KEY),
                config.get(AwsOptions.PROFILE_NAME),
                config.get(AwsOptions.PROFILE_PATH),
                config.get(AwsOptions.ROLE_ARN),
                config.get(AwsOptions.ROLE_SESSION_NAME),
                config.get(AwsOptions.ROLE_EXTERNAL_ID),
                config.get(AwsOptions.ROLE_STS_ENDPOINT),
                config.get(AwsOptions.WEB_IDENTITY_TOKEN_FILE));
    }

    /** Who gives a key and no kind means the key, as with Flink's official connectors. */
    private static CredentialsProviderKind kindOf(ReadableConfig config) {
        return config.getOptional(AwsOptions.BASIC_ACCESS_KEY_ID).isPresent()
                ? CredentialsProviderKind.BASIC
                : CredentialsProviderKind.AUTO;
    }

    private static IllegalArgumentException missing(
            CredentialsProviderKind kind, ConfigOption<?> option) {
        return new IllegalArgumentException(
                AwsOptions.CREDENTIALS_PROVIDER.key() + " = " + kind + " needs " + option.key());
    }

    @Override
    public String toString() {
        return roleArn == null ? kind.toString() : kind + " " + roleArn;
    }
}
