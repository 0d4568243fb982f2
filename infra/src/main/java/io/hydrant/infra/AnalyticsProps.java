package io.hydrant.infra;

import java.util.List;

/**
 * A job of SQL, or an application of Kinesis Data Analytics, on Managed Service for Apache Flink.
 *
 * @param name name of the application
 * @param inputArns the Kinesis streams that it reads
 * @param outputArns the Kinesis streams that it writes
 * @param kmsKeyArns the keys that encrypt them, where those are not AWS' own
 * @param kda whether what it runs is the document of an application of Kinesis Data Analytics; else
 *     it is a script
 * @param runtime how it runs
 * @param alarmTopicArn the SNS topic that alarms go to; null for none
 */
public record AnalyticsProps(
        String name,
        List<String> inputArns,
        List<String> outputArns,
        List<String> kmsKeyArns,
        boolean kda,
        FlinkRuntime runtime,
        String alarmTopicArn) {

    /**
     * Sets defaults and validates.
     *
     * @throws IllegalArgumentException if a value is not allowed; names it and the rule
     */
    public AnalyticsProps {
        Rules.matching(
                "analytics.name",
                name,
                "[a-zA-Z0-9_.-]{1,128}",
                "1 to 128 letters, digits, '_', '.' and '-'");
        inputArns = inputArns == null ? List.of() : List.copyOf(inputArns);
        outputArns = outputArns == null ? List.of() : List.copyOf(outputArns);
        kmsKeyArns = kmsKeyArns == null ? List.of() : List.copyOf(kmsKeyArns);
        if (inputArns.isEmpty()) {
            throw new IllegalArgumentException(
                    "analytics.inputArns is empty; name the streams that the SQL reads, for the role is for them alone");
        }
        inputArns.forEach(arn -> Rules.arn("analytics.inputArns", arn, "kinesis", "stream/"));
        outputArns.forEach(arn -> Rules.arn("analytics.outputArns", arn, "kinesis", "stream/"));
        kmsKeyArns.forEach(arn -> Rules.arn("analytics.kmsKeyArns", arn, "kms", "key/"));
        if (runtime == null) {
            throw new IllegalArgumentException("analytics.runtime is missing");
        }
        Rules.optionalArn("analytics.alarmTopicArn", alarmTopicArn, "sns", "");
    }
}
