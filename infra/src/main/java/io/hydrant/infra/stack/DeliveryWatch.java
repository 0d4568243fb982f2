package io.hydrant.infra.stack;

import io.hydrant.infra.DeliveryProps;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

import java.util.ArrayList;
import java.util.List;

/**
 * Alarms and dashboard of a delivery.
 *
 * <p>How far reading lags behind and whether it is throttled, Kinesis says itself. Freshness and
 * dead letters come from connectors/cloudwatch, which Managed Service for Apache Flink does not
 * load: there S3 says whether there are error objects, and the service whether the job fails.
 */
final class DeliveryWatch {

    private static final Duration MINUTE = Duration.minutes(1);
    private static final int PERIODS = 5;
    private static final int WIDTH = 12;
    private static final double MILLIS = 1000;

    private final Construct scope;
    private final DeliveryProps props;
    private final Alarms alarms;

    DeliveryWatch(Construct scope, DeliveryProps props) {
        this.scope = scope;
        this.props = props;
        this.alarms = new Alarms(scope, props.alarmTopicArn());
        watchReading();
        if (props.runtime() == null) {
            watchDelivery();
        } else {
            watchApplication();
        }
        dashboard();
    }

    private void watchReading() {
        alarms.above(
                "Lag",
                props.name()
                        + " reads records more than "
                        + props.lagSeconds()
                        + " s after their arrival",
                lag(),
                props.lagSeconds() * MILLIS,
                PERIODS);
        alarms.above(
                "ReadsThrottled",
                props.name() + " is held back in reading: other consumers share the shards",
                ofStream("ReadProvisionedThroughputExceeded", "Sum"),
                0,
                PERIODS);
    }

    /** With enhanced fan-out a consumer has a metric of its own, whose name the job gives. */
    private Metric lag() {
        return props.fanOut()
                ? ofStream("SubscribeToShardEvent.MillisBehindLatest", "Maximum")
                : ofStream("GetRecords.IteratorAgeMilliseconds", "Maximum");
    }

    private void watchDelivery() {
        alarms.aboveOrSilent(
                "Freshness",
                props.name()
                        + " has records that are not delivered for more than "
                        + props.freshnessSeconds()
                        + " s, or does not run",
                ofDelivery("DeliveryToS3.DataFreshness", "Maximum"),
                props.freshnessSeconds(),
                PERIODS);
        alarms.above(
                "DeadLetter",
                props.name() + " puts records to the error prefix",
                ofDelivery("ErrorOutputToS3.Records", "Sum"),
                0,
                1);
    }

    private void watchApplication() {
        alarms.above(
                "Restarts",
                props.name() + " fails and starts again",
                ofApplication("numRestarts"),
                0,
                PERIODS);
        alarms.above(
                "Checkpoints",
                props.name() + " fails to make checkpoints, so that nothing becomes visible",
                ofApplication("numberOfFailedCheckpoints"),
                0,
                PERIODS);
        if (props.makesBucket() && props.errorPrefix() != null) {
            alarms.above(
                    "DeadLetter",
                    props.name() + " puts records to the error prefix",
                    errorPuts(),
                    0,
                    1);
        }
    }

    private void dashboard() {
        List<IWidget> widgets = new ArrayList<>();
        widgets.add(graph("Read from Kinesis", ofStream("GetRecords.Records", "Sum")));
        widgets.add(graph("Behind the stream, ms", lag()));
        widgets.add(
                graph(
                        "Throttled",
                        ofStream("ReadProvisionedThroughputExceeded", "Sum"),
                        ofStream("WriteProvisionedThroughputExceeded", "Sum")));
        if (props.runtime() == null) {
            widgets.add(
                    graph(
                            "Delivered records",
                            ofDelivery("DeliveryToS3.Records", "Sum"),
                            ofDelivery("DataReadFromKinesisStream.Records", "Sum")));
            widgets.add(
                    graph(
                            "Delivered bytes",
                            ofDelivery("DeliveryToS3.Bytes", "Sum"),
                            ofDelivery("DataReadFromKinesisStream.Bytes", "Sum")));
            widgets.add(graph("Objects", ofDelivery("DeliveryToS3.ObjectCount", "Sum")));
            widgets.add(graph("Freshness, s", ofDelivery("DeliveryToS3.DataFreshness", "Maximum")));
            widgets.add(graph("Dead letters", ofDelivery("ErrorOutputToS3.Records", "Sum")));
            widgets.add(
                    graph(
                            "Share of attempts that work",
                            ofDelivery("DeliveryToS3.Success", "Average")));
        } else {
            widgets.add(graph("Restarts", ofApplication("numRestarts")));
            widgets.add(
                    graph(
                            "Checkpoints: duration in ms, failed",
                            ofApplication("lastCheckpointDuration"),
                            ofApplication("numberOfFailedCheckpoints")));
            widgets.add(graph("KPUs", ofApplication("KPUs")));
            if (props.makesBucket() && props.errorPrefix() != null) {
                widgets.add(graph("Error objects", errorPuts()));
            }
        }
        Dashboard board =
                Dashboard.Builder.create(scope, "Dashboard")
                        // A dashboard's name has no dots.
                        .dashboardName("hydrant-" + props.name().replace('.', '-'))
                        .build();
        board.addWidgets(widgets.toArray(IWidget[]::new));
    }

    private Metric errorPuts() {
        return Metrics.ofBucket(
                "PutRequests", props.bucket(), DeliveryStack.ERROR_FILTER, "Sum", MINUTE);
    }

    private Metric ofStream(String name, String statistic) {
        return Metrics.ofStream(name, props.streamName(), statistic, MINUTE);
    }

    private Metric ofDelivery(String name, String statistic) {
        return Metrics.ofDelivery(props.metricsNamespace(), name, props.name(), statistic, MINUTE);
    }

    private Metric ofApplication(String name) {
        return Metrics.ofApplication(name, props.name(), "Maximum", MINUTE);
    }

    private static GraphWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .width(WIDTH)
                .left(List.of(metrics))
                .build();
    }
}
