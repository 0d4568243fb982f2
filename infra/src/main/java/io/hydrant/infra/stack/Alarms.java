package io.hydrant.infra.stack;

import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The alarms of a stack, all of which go to one topic, or to none. */
final class Alarms {

    private final Construct scope;
    private final ITopic topic;

    Alarms(Construct scope, String topicArn) {
        this.scope = scope;
        this.topic = topicArn == null ? null : Topic.fromTopicArn(scope, "AlarmTopic", topicArn);
    }

    /** Raised where a metric is above a value for so many periods; no values are no reason. */
    void above(String id, String says, Metric metric, double threshold, int periods) {
        raise(id, says, metric, threshold, periods, TreatMissingData.NOT_BREACHING);
    }

    /** Likewise, and where there are no values: who should write them does not run. */
    void aboveOrSilent(String id, String says, Metric metric, double threshold, int periods) {
        raise(id, says, metric, threshold, periods, TreatMissingData.BREACHING);
    }

    private void raise(
            String id,
            String says,
            Metric metric,
            double threshold,
            int periods,
            TreatMissingData missing) {
        Alarm alarm =
                Alarm.Builder.create(scope, id)
                        .alarmDescription(says)
                        .metric(metric)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .threshold(threshold)
                        .evaluationPeriods(periods)
                        .treatMissingData(missing)
                        .build();
        if (topic != null) {
            alarm.addAlarmAction(new SnsAction(topic));
            alarm.addOkAction(new SnsAction(topic));
        }
    }
}
