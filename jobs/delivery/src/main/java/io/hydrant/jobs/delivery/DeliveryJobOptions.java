package io.hydrant.jobs.delivery;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of the job itself; those of its rooms are in the rooms. */
public final class DeliveryJobOptions {

    /** Parallel tasks. */
    public static final ConfigOption<Integer> PARALLELISM =
            ConfigOptions.key("parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Parallel tasks of every step, at least 1. Without it: what Flink is told by -p or parallelism.default.");

    /** Name of the state. */
    public static final ConfigOption<String> STATE_NAME =
            ConfigOptions.key("state.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name that the state of this delivery has in savepoints: the uids of its steps begin with it. Without it: none in a job of one delivery, the name of the delivery stream in a job of several. "
                                    + "A delivery that moves from one kind of job to the other with its state says what it had: an empty text where it had none.");

    /** The stream behind DirectPut. */
    public static final ConfigOption<String> DIRECT_PUT_STREAM =
            ConfigOptions.key("direct-put.stream")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "ARN of the Kinesis stream that stands behind a delivery stream whose producers put to Firehose itself (DeliveryStreamType DirectPut), which names none: './hydrant gateway' writes what they put into it, and the job reads it.");

    /** Endpoint of Kinesis alone. */
    public static final ConfigOption<String> KINESIS_ENDPOINT =
            ConfigOptions.key("kinesis.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of Kinesis, where it differs from aws.endpoint: a VPC endpoint, for example.");

    /** Endpoint of Lambda alone. */
    public static final ConfigOption<String> LAMBDA_ENDPOINT =
            ConfigOptions.key("lambda.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of Lambda, where it differs from aws.endpoint: a VPC endpoint, for example.");

    /** Endpoint of S3 alone. */
    public static final ConfigOption<String> S3_ENDPOINT =
            ConfigOptions.key("s3.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of S3, where it differs from aws.endpoint: a VPC endpoint, for example.");

    /** Endpoint of Glue alone. */
    public static final ConfigOption<String> GLUE_ENDPOINT =
            ConfigOptions.key("glue.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of the Glue Data Catalog, where it differs from aws.endpoint: a VPC endpoint, for example.");

    /** Endpoint of Secrets Manager alone. */
    public static final ConfigOption<String> SECRETS_MANAGER_ENDPOINT =
            ConfigOptions.key("secretsmanager.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of Secrets Manager, where it differs from aws.endpoint: a VPC endpoint, for example.");

    /** Endpoint of Redshift's services alone. */
    public static final ConfigOption<String> REDSHIFT_ENDPOINT =
            ConfigOptions.key("redshift.endpoint")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Endpoint of the Redshift Data API (redshift.access), or of the service that gives temporary credentials (redshift.iam-authentication), where it differs from aws.endpoint: a VPC endpoint, for example.");

    /** Region of the bucket. */
    public static final ConfigOption<String> S3_REGION =
            ConfigOptions.key("s3.region")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Region of the bucket, where it differs from the stream's.");

    /** Delivering again. */
    public static final ConfigOption<Boolean> ALLOW_OVERLAP =
            ConfigOptions.key("replay.allow-overlap")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a replay (--from) may begin where the ledger says that some of its range is delivered already, and deliver it twice. "
                                    + "One that goes on from a checkpoint always may.");

    /** Ending where the live delivery began. */
    public static final ConfigOption<Boolean> TO_LIVE =
            ConfigOptions.key("replay.to-live")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a replay ends where the live delivery of the same stream began, as the ledger has it (--to LIVE). "
                                    + "Where that was begun anew, its first begin behind the start of the replay counts.");

    /** Identity of a replay. */
    public static final ConfigOption<String> REPLAY_ID =
            ConfigOptions.key("replay.id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Tells a replay from the live delivery and from other replays of the same range (--replay-id): it delivers as <delivery stream>-replay-<id>, in names of objects, metrics and the ledger, and is verified with the same --replay-id. "
                                    + "Without it a replay fills in what the live delivery lacks, in the same ledger.");

    private DeliveryJobOptions() {}
}
