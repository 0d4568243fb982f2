package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.sample.SampleConfig;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.delivery.transform.TransformContext;
import io.hydrant.delivery.transform.TransformSteps;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.lambda.LambdaApi;
import io.hydrant.lambda.LambdaTransformFactory;
import io.hydrant.redshift.RedshiftConfig;
import io.hydrant.s3.archive.ArchiveConfig;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A delivery with every question answered: what is read, how, what is done to it, where it goes.
 *
 * @param stream the Kinesis stream
 * @param source how it is read
 * @param sourceAws how Kinesis is reached
 * @param archive archived records that are read in place of the stream, null for none
 * @param transform what is done to records by the user's own class
 * @param processing what is done to them before and behind it
 * @param lambda the function that transforms them instead, null where there is none
 * @param sample which of the transformed records are delivered, null for all
 * @param sink how and where objects are written; names the delivery stream
 * @param iceberg the tables that records go to, null where they go to objects; {@code sink} then
 *     has what fails
 * @param redshift the table that records are loaded into, null where they are not; {@code sink}
 *     then stages them
 * @param backup how and where records are kept as they came, null where they are not
 * @param sinkAws how S3 is reached
 * @param warehouseAws how the service is reached that has to do with the warehouse: the one that
 *     has its password, gives temporary ones, or carries its statements out; null where there is
 *     none
 * @param catalogAws how the catalog is reached that has the columns, null where none is asked
 * @param parallelism parallel tasks, null for Flink's own setting
 * @param stateName what the uids of its steps begin with; null for as the job has one delivery or
 *     several
 * @param allowsOverlap whether a replay may deliver again what the ledger has
 * @param options every option that has a value, with its origin, sorted by key
 * @param notices what is valid and does not do here what it does in Firehose
 * @param standIns what stands in for names that the document does not know itself; none but where
 *     the plan is only tried
 */
public record DeliveryPlan(
        StreamArn stream,
        KinesisSourceConfig source,
        AwsClientConfig sourceAws,
        ArchiveConfig archive,
        TransformConfig transform,
        ProcessingConfig processing,
        LambdaTransformFactory lambda,
        SampleConfig sample,
        S3SinkConfig sink,
        IcebergConfig iceberg,
        RedshiftConfig redshift,
        S3SinkConfig backup,
        AwsClientConfig sinkAws,
        AwsClientConfig warehouseAws,
        AwsClientConfig catalogAws,
        Integer parallelism,
        String stateName,
        boolean allowsOverlap,
        List<PlannedOption> options,
        List<String> notices,
        List<String> standIns) {

    /** Validates that nothing is missing, and copies the lists. */
    public DeliveryPlan {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sourceAws, "sourceAws");
        Objects.requireNonNull(transform, "transform");
        Objects.requireNonNull(processing, "processing");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(sinkAws, "sinkAws");
        options = List.copyOf(options);
        notices = List.copyOf(notices);
        standIns = List.copyOf(standIns);
    }

    /**
     * The plan that the job makes of these arguments. The class of a transform is not looked for,
     * so that a command which only reads what was delivered needs no transform on its class path.
     *
     * @param args what the job takes: {@code --config}, {@code --set}
     * @throws InvalidConfigurationException with everything that is wrong
     */
    public static DeliveryPlan of(List<String> args) {
        return of(args, new PlanResolver(S3ObjectStore::connect, null));
    }

    /**
     * The same for a command that only reads what was delivered, and does without the transform: a
     * SELECT is not compiled.
     *
     * @throws InvalidConfigurationException with everything else that is wrong
     */
    public static DeliveryPlan toRead(List<String> args) {
        return of(args, PlanResolver.forReading(S3ObjectStore::connect));
    }

    /**
     * The same for a command that says whether a configuration is right: the Kinesis stream behind
     * DirectPut need not be named yet.
     *
     * @throws InvalidConfigurationException with everything that is wrong
     */
    public static DeliveryPlan toCheck(List<String> args) {
        return of(args, PlanResolver.forChecking(S3ObjectStore::connect));
    }

    /**
     * The same for a command that puts records through a configuration and reaches nothing of AWS
     * but functions: names that the document does not know itself have something that stands in.
     *
     * @throws InvalidConfigurationException with everything else that is wrong
     */
    public static DeliveryPlan toTry(List<String> args) {
        return of(args, PlanResolver.forTrying(S3ObjectStore::connect));
    }

    private static DeliveryPlan of(List<String> args, PlanResolver resolver) {
        Problems problems = new Problems();
        DeliveryArguments arguments = DeliveryArguments.parse(args, problems);
        if (arguments.configs().size() > 1) {
            problems.add("--config", "is given more than once; this is about one delivery");
        }
        problems.throwIfAny("arguments");
        return resolver.resolve(arguments);
    }

    /**
     * Opens the transform and the steps around it, for a caller that is no job.
     *
     * @param steps the steps; {@link #processing()}, or some of them
     * @throws Exception as the transform throws it
     */
    public TransformSteps openTransform(ProcessingConfig steps) throws Exception {
        return openTransform(steps, null);
    }

    /**
     * The same with something in place of the Lambda function.
     *
     * @param function what is called instead, null for the function itself
     */
    public TransformSteps openTransform(ProcessingConfig steps, LambdaApi function)
            throws Exception {
        TransformContext context =
                new TransformContext(transform.parameters(), 0, 1, new UnregisteredMetricsGroup());
        return lambda != null
                ? TransformSteps.open(
                        function == null ? lambda : lambda.calling(function),
                        steps,
                        context,
                        Clock.systemUTC())
                : TransformSteps.open(
                        transform,
                        steps,
                        Thread.currentThread().getContextClassLoader(),
                        context,
                        Clock.systemUTC());
    }

    /**
     * The sink as a writer needs it: with the columns that the table has now, for which the catalog
     * is asked where the configuration does not say them.
     *
     * @throws IllegalArgumentException if the columns cannot be had; the message says the way out
     */
    public S3SinkConfig sinkToWrite() {
        ConversionConfig conversion = sink.conversion();
        return conversion == null || conversion.columns() != null
                ? sink
                : sink.with(conversion.with(GlueTables.columns(conversion.table(), catalogAws)));
    }

    /** Name of the delivery stream, which object names and ledger carry. */
    public String deliveryStream() {
        return sink.naming().streamName();
    }

    /** What the uids of its steps begin with, in a job that has one delivery or several. */
    String uidPrefix(boolean isOneOfSeveral) {
        String name = stateName;
        if (name == null) {
            name = isOneOfSeveral ? deliveryStream() : "";
        }
        return name.isEmpty() ? "" : name + '/';
    }

    /** The same, read otherwise. */
    DeliveryPlan with(KinesisSourceConfig newSource, List<PlannedOption> newOptions) {
        return new DeliveryPlan(
                stream,
                newSource,
                sourceAws,
                archive,
                transform,
                processing,
                lambda,
                sample,
                sink,
                iceberg,
                redshift,
                backup,
                sinkAws,
                warehouseAws,
                catalogAws,
                parallelism,
                stateName,
                allowsOverlap,
                newOptions,
                notices,
                standIns);
    }

    /** Every option that has a value, as the job shows it while it runs: secrets are masked. */
    public Map<String, String> shownOptions() {
        Map<String, String> shown = new TreeMap<>();
        options.forEach(option -> shown.put(option.key(), option.value()));
        return shown;
    }
}
