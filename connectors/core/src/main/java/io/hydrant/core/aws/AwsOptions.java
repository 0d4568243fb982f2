package io.hydrant.core.aws;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;

/**
 * Options of every AWS client that Hydrant makes. Names equal those of Flink's official AWS
 * connectors where there is one, so a DDL or a property file moves both ways.
 */
public final class AwsOptions {

    /** Region of the service. */
    public static final ConfigOption<String> REGION =
            ConfigOptions.key("aws.region")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Region of the service. Taken from the stream's ARN where there is one, else from the SDK's"
                                    + " default chain.");

    /** Endpoint that replaces AWS' own. */
    public static final ConfigOption<String> ENDPOINT =
            ConfigOptions.key("aws.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint to use instead of AWS' own, for LocalStack, a VPC endpoint or a compatible"
                                    + " service, such as http://localhost:4566.");

    /** Accept any TLS certificate. */
    public static final ConfigOption<Boolean> TRUST_ALL_CERTIFICATES =
            ConfigOptions.key("aws.trust.all.certificates")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Accept any TLS certificate of the endpoint. For tests only.");

    /** Where credentials come from. */
    public static final ConfigOption<CredentialsProviderKind> CREDENTIALS_PROVIDER =
            ConfigOptions.key("aws.credentials.provider")
                    .enumType(CredentialsProviderKind.class)
                    .defaultValue(CredentialsProviderKind.AUTO)
                    .withDescription(
                            "Where credentials come from: AUTO (the SDK's default chain), BASIC (the two keys below;"
                                    + " the default where they are given), ENV_VAR, SYS_PROP, PROFILE,"
                                    + " ASSUME_ROLE, WEB_IDENTITY_TOKEN.");

    /** Access key id for BASIC. */
    public static final ConfigOption<String> BASIC_ACCESS_KEY_ID =
            ConfigOptions.key("aws.credentials.basic.accesskeyid")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Access key id, with BASIC.");

    /** Secret key for BASIC. */
    public static final ConfigOption<String> BASIC_SECRET_KEY =
            ConfigOptions.key("aws.credentials.basic.secretkey")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Secret key, with BASIC. Never printed.");

    /** Profile name for PROFILE. */
    public static final ConfigOption<String> PROFILE_NAME =
            ConfigOptions.key("aws.credentials.profile.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name of the profile, with PROFILE. The SDK's default profile where absent.");

    /** Profile file for PROFILE. */
    public static final ConfigOption<String> PROFILE_PATH =
            ConfigOptions.key("aws.credentials.profile.path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Credentials file, with PROFILE. The SDK's default file where absent.");

    /** Role to assume. */
    public static final ConfigOption<String> ROLE_ARN =
            ConfigOptions.key("aws.credentials.role.arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Role to assume, with ASSUME_ROLE or WEB_IDENTITY_TOKEN.");

    /** Session name of the assumed role. */
    public static final ConfigOption<String> ROLE_SESSION_NAME =
            ConfigOptions.key("aws.credentials.role.sessionName")
                    .stringType()
                    .defaultValue("hydrant")
                    .withDescription("Session name of the assumed role; it shows in CloudTrail.");

    /** External id of the assumed role. */
    public static final ConfigOption<String> ROLE_EXTERNAL_ID =
            ConfigOptions.key("aws.credentials.role.externalId")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "External id that the role's trust policy asks for, with ASSUME_ROLE.");

    /** STS endpoint for assumed roles. */
    public static final ConfigOption<String> ROLE_STS_ENDPOINT =
            ConfigOptions.key("aws.credentials.role.stsEndpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of STS, with ASSUME_ROLE or WEB_IDENTITY_TOKEN. The region's own where absent.");

    /** Web identity token file. */
    public static final ConfigOption<String> WEB_IDENTITY_TOKEN_FILE =
            ConfigOptions.key("aws.credentials.webIdentityToken.file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File with the token, with WEB_IDENTITY_TOKEN. AWS_WEB_IDENTITY_TOKEN_FILE where absent.");

    /** Connections of one client. */
    public static final ConfigOption<Integer> HTTP_MAX_CONCURRENCY =
            ConfigOptions.key("aws.http-client.max-concurrency")
                    .intType()
                    .defaultValue(50)
                    .withDescription("Connections that one client keeps at the most.");

    /** Read timeout. */
    public static final ConfigOption<Duration> HTTP_READ_TIMEOUT =
            ConfigOptions.key("aws.http-client.read-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription("How long a client waits for the next bytes of an answer.");

    /** Connect timeout. */
    public static final ConfigOption<Duration> HTTP_CONNECTION_TIMEOUT =
            ConfigOptions.key("aws.http-client.connection-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long a client waits for a connection.");

    /** CBOR or JSON on the wire. */
    public static final ConfigOption<Boolean> CBOR =
            ConfigOptions.key("aws.protocol.cbor")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether Kinesis is spoken to in CBOR (true, which is faster) or JSON (false). Without it, AWS is"
                                    + " spoken to in CBOR, and a server that aws.endpoint names is asked once whether"
                                    + " it knows it; servers that know JSON only are spoken to in JSON.");

    private AwsOptions() {}
}
