package io.hydrant.infra;

/**
 * A Kinesis stream.
 *
 * <p>Source: Kinesis API reference, CreateStream, IncreaseStreamRetentionPeriod and
 * StartStreamEncryption.
 *
 * @param name its name
 * @param shards shards of a provisioned stream; null for on-demand mode
 * @param retentionHours how long records stay, 24 to 8760; default 24
 * @param kmsKeyArn the key that encrypts it; null for the one that AWS keeps for Kinesis
 * @param alarmTopicArn the SNS topic that alarms go to; null for none
 */
public record StreamProps(
        String name,
        Integer shards,
        Integer retentionHours,
        String kmsKeyArn,
        String alarmTopicArn) {

    private static final int DEFAULT_RETENTION = 24;
    private static final int LONGEST_RETENTION = 8760;
    private static final int MOST_SHARDS = 10_000;

    /**
     * Sets defaults and validates.
     *
     * @throws IllegalArgumentException if a value is not what AWS allows; names it and the rule
     */
    public StreamProps {
        Rules.matching(
                "stream.name",
                name,
                "[a-zA-Z0-9_.-]{1,128}",
                "1 to 128 letters, digits, '_', '.' and '-'");
        if (shards != null) {
            Rules.within("stream.shards", shards, 1, MOST_SHARDS);
        }
        retentionHours = retentionHours == null ? DEFAULT_RETENTION : retentionHours;
        Rules.within("stream.retentionHours", retentionHours, DEFAULT_RETENTION, LONGEST_RETENTION);
        Rules.optionalArn("stream.kmsKeyArn", kmsKeyArn, "kms", "key/");
        Rules.optionalArn("stream.alarmTopicArn", alarmTopicArn, "sns", "");
    }
}
