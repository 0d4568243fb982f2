package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.aws.CredentialsProviderKind;
import io.hydrant.delivery.buffer.BufferConfig;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.TableColumns;
import io.hydrant.delivery.format.FormatConfig;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.sample.SampleConfig;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.delivery.transform.TransformOptions;
import io.hydrant.delivery.transform.TransformStep;
import io.hydrant.expression.ExpressionConfig;
import io.hydrant.expression.ExpressionOptions;
import io.hydrant.expression.SelectTransform;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.jobs.delivery.document.FirehoseDelivery;
import io.hydrant.jobs.delivery.document.FirehoseDocument;
import io.hydrant.jobs.delivery.document.JsonDocument;
import io.hydrant.jobs.delivery.document.LambdaProcessor;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.lambda.InvocationOrigin;
import io.hydrant.lambda.LambdaConfig;
import io.hydrant.lambda.LambdaTransformFactory;
import io.hydrant.redshift.RedshiftConfig;
import io.hydrant.redshift.RedshiftOptions;
import io.hydrant.redshift.WarehouseAccess;
import io.hydrant.s3.archive.ArchiveConfig;
import io.hydrant.s3.sink.Backup;
import io.hydrant.s3.sink.BackupOptions;
import io.hydrant.s3.sink.DeliveryRole;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.ObjectStoreFactory;

import org.apache.flink.configuration.Configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes a plan of what the job was told, or says everything that keeps it from being one. */
final class PlanResolver {

    private static final String HYDRANT = "Hydrant";
    private static final int ARN_REGION = 3;

    /** Stands in for a region that nobody named, where nothing is reached. */
    private static final String NO_REGION = "us-east-1";

    private final ObjectStoreFactory stores;
    private final ClassLoader transforms;
    private final boolean transformsRecords;
    private final Reach reach;

    /** What of the outside world a plan is made for. */
    private enum Reach {
        /** A job: all that it would reach has a name. */
        ALL,

        /** A check: the stream behind DirectPut may be named later. */
        NO_SOURCE,

        /** A trial without AWS: what only names something there may be unknown. */
        NOTHING
    }

    /**
     * A resolver.
     *
     * @param stores reaches a document in S3
     * @param transforms where the class of a transform is looked for, or null not to look
     */
    PlanResolver(ObjectStoreFactory stores, ClassLoader transforms) {
        this(stores, transforms, true, Reach.ALL);
    }

    private PlanResolver(
            ObjectStoreFactory stores,
            ClassLoader transforms,
            boolean transformsRecords,
            Reach reach) {
        this.stores = stores;
        this.transforms = transforms;
        this.transformsRecords = transformsRecords;
        this.reach = reach;
    }

    /** A resolver for who reads what was delivered, and transforms nothing. */
    static PlanResolver forReading(ObjectStoreFactory stores) {
        return new PlanResolver(stores, null, false, Reach.ALL);
    }

    /** A resolver for who asks whether a configuration is right, and runs nothing yet. */
    static PlanResolver forChecking(ObjectStoreFactory stores) {
        return new PlanResolver(stores, null, true, Reach.NO_SOURCE);
    }

    /** A resolver for who puts records through a configuration, and reaches no stream or bucket. */
    static PlanResolver forTrying(ObjectStoreFactory stores) {
        return new PlanResolver(stores, null, true, Reach.NOTHING);
    }

    DeliveryPlan resolve(DeliveryArguments arguments) {
        Problems problems = reach == Reach.NOTHING ? Problems.withStandIns() : new Problems();
        String subject = arguments.config() == null ? "configuration" : arguments.config();
        Settings settings = new Settings(problems);
        JsonDocument document = document(arguments, problems);
        problems.throwIfAny(subject);

        FirehoseDelivery delivery = FirehoseDocument.read(document, problems);
        problems.leaveOut(new Consequences(settings, problems.all())::isOne);
        boolean isDirectPut = delivery != null && delivery.source().isDirectPut();
        String streamPlace =
                delivery == null || isDirectPut
                        ? DeliveryJobOptions.DIRECT_PUT_STREAM.key()
                        : delivery.source().path() + ".KinesisStreamARN";
        String streamArn =
                delivery == null ? null : streamArn(delivery, document, arguments, problems);
        StreamArn stream =
                streamArn == null
                        ? null
                        : attempt(streamPlace, () -> StreamArn.parse(streamArn), problems);
        if (stream != null) {
            new DocumentSettings(document, settings).put(delivery, stream, streamPlace);
        }
        FirehoseDocument.hydrantOptions(document, problems)
                .forEach((key, value) -> settings.give(key, value, HYDRANT, HYDRANT + "." + key));
        giveAssigned(arguments, settings);
        if (delivery != null
                && !isDirectPut
                && settings.configuration().contains(DeliveryJobOptions.DIRECT_PUT_STREAM)) {
            problems.add(
                    DeliveryJobOptions.DIRECT_PUT_STREAM.key(),
                    "goes with DeliveryStreamType DirectPut only; "
                            + delivery.source().path()
                            + " names the stream");
        }
        readColumns(settings, problems);
        String liveStream = settings.configuration().get(NamingOptions.STREAM_NAME);
        ReplayRange.nameReplay(liveStream, settings, problems);

        DeliveryPlan plan = plan(delivery, stream, settings, problems);
        problems.throwIfAny(subject);
        if (settings.configuration().get(DeliveryJobOptions.TO_LIVE)) {
            plan = new Handover(stores).resolve(plan, liveStream, problems);
            problems.throwIfAny(subject);
        }
        return plan;
    }

    /**
     * The stream that is read; where producers put to Firehose itself, the one behind. It says in
     * which region everything is, so it is looked up before any option is given.
     *
     * @return its ARN, or null where there has to be one and is none
     */
    private String streamArn(
            FirehoseDelivery delivery,
            JsonDocument document,
            DeliveryArguments arguments,
            Problems problems) {
        if (!delivery.source().isDirectPut()) {
            return delivery.source().streamArn();
        }
        Problems saidLater = new Problems();
        Settings given = new Settings(saidLater);
        FirehoseDocument.hydrantOptions(document, saidLater)
                .forEach((key, value) -> given.give(key, value, HYDRANT, key));
        giveAssigned(arguments, given);
        String behind = given.configuration().get(DeliveryJobOptions.DIRECT_PUT_STREAM);
        if (behind != null) {
            return behind;
        }
        String wayOut =
                "DirectPut, which it is where no source is given, names no stream that a job could read; let './hydrant gateway', or the producers themselves, put into a Kinesis stream, and name it with --set "
                        + DeliveryJobOptions.DIRECT_PUT_STREAM.key()
                        + "=ARN or in the Hydrant object";
        if (reach == Reach.ALL) {
            problems.add(delivery.source().path(), wayOut);
            return null;
        }
        problems.notice(delivery.source().path(), wayOut);
        String region = given.configuration().get(AwsOptions.REGION);
        return "arn:aws:kinesis:%s:000000000000:stream/%s"
                .formatted(region == null ? NO_REGION : region, delivery.streamName());
    }

    /** Gives the columns that the schema file has, unless they are given themselves. */
    private void readColumns(Settings settings, Problems problems) {
        Configuration config = settings.configuration();
        String file = config.get(ConversionOptions.SCHEMA_FILE);
        if (file == null || config.contains(ConversionOptions.COLUMNS)) {
            return;
        }
        String place = ConversionOptions.SCHEMA_FILE.key();
        String text = new ConfigLocation(stores).read(place, file, config, problems);
        HiveType.Struct columns =
                text == null
                        ? null
                        : attempt(place + " " + file, () -> TableColumns.parse(text), problems);
        if (columns != null) {
            settings.put(ConversionOptions.COLUMNS, columns.text(), file);
        }
    }

    private JsonDocument document(DeliveryArguments arguments, Problems problems) {
        JsonDocument document = JsonDocument.empty();
        if (arguments.config() != null) {
            // Only what is set on the command line can tell how to reach the document.
            // What is wrong with it is found again with the rest, unless there is no rest.
            Settings reach = new Settings(new Problems());
            giveAssigned(arguments, reach);
            String text =
                    new ConfigLocation(stores)
                            .read("--config", arguments.config(), reach.configuration(), problems);
            if (text == null) {
                giveAssigned(arguments, new Settings(problems));
                return document;
            }
            Map<String, String> set = new HashMap<>();
            arguments.assignments().forEach(each -> set.put(each.key(), each.value()));
            document = JsonDocument.parse(arguments.config(), text, set);
        }
        for (Assignment each : arguments.assignments()) {
            if (each.isForDocument() && !document.hasTaken(each.key())) {
                document.set(each.key(), each.value(), each.origin(), problems);
            }
        }
        return document;
    }

    private static void giveAssigned(DeliveryArguments arguments, Settings settings) {
        for (Assignment each : arguments.assignments()) {
            if (!each.isForDocument()) {
                settings.give(
                        each.key(), each.value(), each.origin(), each.origin() + " " + each.key());
            }
        }
    }

    private DeliveryPlan plan(
            FirehoseDelivery delivery, StreamArn stream, Settings settings, Problems problems) {
        Configuration config = settings.configuration();
        KinesisSourceConfig source = attempt("", () -> KinesisSourceConfig.from(config), problems);
        TransformConfig transform = attempt("", () -> transform(config), problems);
        ProcessingConfig processing = attempt("", () -> ProcessingConfig.from(config), problems);
        LambdaConfig lambda = attempt("", () -> LambdaConfig.from(config), problems);
        attempt("", () -> requireOneTransform(processing, transform, lambda), problems);
        SampleConfig sample = attempt("", () -> SampleConfig.from(config).orElse(null), problems);
        Integer parallelism = attempt("", () -> parallelism(config), problems);
        attempt("", () -> BufferConfig.from(config), problems);
        attempt("", () -> FormatConfig.from(config), problems);
        if (stream == null) {
            attempt("", () -> AwsClientConfig.from(config), problems);
            return null;
        }
        AwsClientConfig sourceAws =
                aws(
                        ServiceOverrides.KINESIS.over(config),
                        delivery.source().path() + ".RoleARN",
                        delivery.source().roleArn(),
                        problems);
        AwsClientConfig sinkAws =
                aws(
                        ServiceOverrides.S3.over(config),
                        delivery.destination().path() + ".RoleARN",
                        delivery.destination().roleArn(),
                        problems);
        AwsClientConfig lambdaAws = lambda == null ? null : lambdaAws(config, delivery, problems);
        S3SinkConfig sink = attempt("", () -> S3SinkConfig.from(config), problems);
        IcebergConfig iceberg =
                delivery.iceberg() == null
                        ? null
                        : attempt(
                                "",
                                () ->
                                        IcebergConfig.from(
                                                config,
                                                config.get(NamingOptions.STREAM_NAME),
                                                lambda != null),
                                problems);
        RedshiftConfig redshift =
                delivery.redshift() == null || sink == null
                        ? null
                        : attempt("", () -> RedshiftConfig.from(config), problems);
        AwsClientConfig warehouseAws =
                redshift == null
                        ? null
                        : warehouseAws(config, redshift.access(), delivery, problems);
        AwsClientConfig catalogAws =
                config.get(ConversionOptions.TABLE_NAME) == null
                        ? null
                        : aws(
                                ServiceOverrides.GLUE.over(config),
                                delivery.destination().path()
                                        + ".DataFormatConversionConfiguration.SchemaConfiguration",
                                config.get(ConversionOptions.TABLE_ROLE_ARN),
                                problems);
        ArchiveConfig archive = attempt("", () -> archive(config), problems);
        // What an archive holds is kept already.
        S3SinkConfig backup =
                sink == null || archive != null
                        ? null
                        : attempt("", () -> Backup.of(config, sink), problems);
        requireOneJudge(sink, backup, problems);
        if (redshift != null && redshift.mustBeRoutedBefore() && lambda == null) {
            problems.add(
                    RedshiftOptions.ROUTE_QUERY.key(),
                    "is missing; "
                            + RedshiftOptions.TABLES.key()
                            + " names several tables, and without it only a Lambda function says which records go where");
        }
        if (!problems.isEmpty()) {
            return null;
        }
        DeliveryPlan plan =
                new DeliveryPlan(
                        stream,
                        source,
                        sourceAws,
                        archive,
                        transform,
                        processing,
                        lambda == null
                                ? null
                                : function(
                                        new LambdaTransformFactory(
                                                lambda, origin(delivery, stream), lambdaAws),
                                        iceberg != null || redshift != null),
                        sample,
                        sink,
                        iceberg,
                        redshift,
                        backup,
                        sinkAws,
                        warehouseAws,
                        catalogAws,
                        parallelism,
                        config.get(DeliveryJobOptions.STATE_NAME),
                        config.get(DeliveryJobOptions.ALLOW_OVERLAP),
                        settings.effective(),
                        problems.notices(),
                        problems.standIns());
        Handover.check(config, plan, problems);
        StagedTables.check(plan, problems);
        TableReplacement.check(config.get(DeliveryJobOptions.REPLAY_ID), plan, problems);
        return plan;
    }

    /** The function; only of a destination with tables it may choose one. */
    private static LambdaTransformFactory function(
            LambdaTransformFactory function, boolean hasTables) {
        return hasTables ? function.choosingTables() : function;
    }

    /** What the backup calls failed must be what the sink calls failed, at any moment. */
    private static void requireOneJudge(S3SinkConfig sink, S3SinkConfig backup, Problems problems) {
        if (backup != null
                && backup.role() == DeliveryRole.FAILED_BACKUP
                && sink.conversion() != null
                && sink.conversion().followsTable()) {
            problems.add(
                    BackupOptions.MODE.key(),
                    "FAILED_ONLY does not go with a table whose new versions are taken up while the job runs; set "
                            + ConversionOptions.TABLE_POLL_INTERVAL.key()
                            + " to 0 s");
        }
    }

    /**
     * Firehose assumes the document's role for each side. A Flink job has an identity of its own,
     * so it does the same only where it is told to assume a role, and none is named.
     */
    private static AwsClientConfig aws(
            Configuration config, String place, String roleArn, Problems problems) {
        CredentialsProviderKind kind = config.get(AwsOptions.CREDENTIALS_PROVIDER);
        if (roleArn != null) {
            if (kind != CredentialsProviderKind.ASSUME_ROLE) {
                problems.notice(
                        place,
                        "is not assumed, since "
                                + AwsOptions.CREDENTIALS_PROVIDER.key()
                                + " is "
                                + kind);
            } else if (config.contains(AwsOptions.ROLE_ARN)) {
                problems.notice(
                        place, "is not assumed, since " + AwsOptions.ROLE_ARN.key() + " is given");
            } else {
                config.set(AwsOptions.ROLE_ARN, roleArn);
            }
        }
        return attempt("", () -> AwsClientConfig.from(config), problems);
    }

    /** A function is called by the role of its processor, or by that of the destination. */
    private static AwsClientConfig lambdaAws(
            Configuration config, FirehoseDelivery delivery, Problems problems) {
        LambdaProcessor processor = delivery.processors().lambda();
        boolean hasOwnRole = processor != null && processor.roleArn() != null;
        return aws(
                ServiceOverrides.LAMBDA.over(config),
                hasOwnRole ? processor.rolePath() : delivery.destination().path() + ".RoleARN",
                hasOwnRole ? processor.roleArn() : delivery.destination().roleArn(),
                problems);
    }

    /** What has to do with the warehouse is asked where that is; a secret where its ARN says. */
    private static AwsClientConfig warehouseAws(
            Configuration config,
            WarehouseAccess access,
            FirehoseDelivery delivery,
            Problems problems) {
        if (access.asksRedshift()) {
            Configuration own = ServiceOverrides.REDSHIFT.over(config);
            if (access.region() != null) {
                own.set(AwsOptions.REGION, access.region());
            }
            return aws(
                    own,
                    delivery.redshift().path() + ".RoleARN",
                    delivery.destination().roleArn(),
                    problems);
        }
        if (access.secretArn() == null) {
            return null;
        }
        Configuration own = ServiceOverrides.SECRETS_MANAGER.over(config);
        String[] parts = access.secretArn().split(":", -1);
        if (parts.length > ARN_REGION && parts[0].equals("arn")) {
            own.set(AwsOptions.REGION, parts[ARN_REGION]);
        }
        return aws(
                own,
                delivery.redshift().path() + ".SecretsManagerConfiguration.RoleARN",
                delivery.redshift().secretRoleArn(),
                problems);
    }

    private static InvocationOrigin origin(FirehoseDelivery delivery, StreamArn stream) {
        return new InvocationOrigin(
                "arn:%s:firehose:%s:%s:deliverystream/%s"
                        .formatted(
                                stream.partition(),
                                stream.region(),
                                stream.account(),
                                delivery.streamName()),
                stream.toString(),
                stream.region());
    }

    private static ProcessingConfig requireOneTransform(
            ProcessingConfig processing, TransformConfig transform, LambdaConfig lambda) {
        boolean hasClass = transform != null && !transform.isPassThrough();
        if (lambda != null && hasClass) {
            throw new IllegalArgumentException(
                    named(transform)
                            + " and the function "
                            + lambda.function()
                            + " are both given; one of them transforms records");
        }
        boolean wants = processing != null && processing.needsKeysOfTransform();
        if (wants && lambda == null && !hasClass) {
            throw new IllegalArgumentException(
                    NamingOptions.PREFIX.key()
                            + ": '"
                            + processing.partitioning().prefix()
                            + "' holds partitionKeyFromLambda, and no transform gives such keys; name one by the processor Lambda, by "
                            + TransformOptions.CLASS.key()
                            + " or by "
                            + ExpressionOptions.SELECT.key());
        }
        return processing;
    }

    private static String named(TransformConfig transform) {
        return transform.className().equals(SelectTransform.class.getName())
                ? ExpressionOptions.SELECT.key() + ": the SQL"
                : TransformOptions.CLASS.key() + ": '" + transform.className() + "'";
    }

    private static ArchiveConfig archive(Configuration config) {
        return ArchiveConfig.from(config, NamingConfig.zone(config.get(NamingOptions.TIME_ZONE)));
    }

    private TransformConfig transform(Configuration config) {
        TransformConfig transform = TransformConfig.from(config);
        ExpressionConfig expression =
                (transformsRecords
                                ? ExpressionConfig.from(config)
                                : ExpressionConfig.uncompiled(config))
                        .orElse(null);
        if (expression != null) {
            if (!transform.isPassThrough()) {
                throw new IllegalArgumentException(
                        named(transform)
                                + " and "
                                + ExpressionOptions.SELECT.key()
                                + " are both given; one of them transforms records");
            }
            return expression.transform();
        }
        if (transforms != null) {
            TransformStep.of(transform, ProcessingConfig.NONE, transforms);
        }
        return transform;
    }

    private static Integer parallelism(Configuration config) {
        Integer parallelism = config.get(DeliveryJobOptions.PARALLELISM);
        if (parallelism != null && parallelism < 1) {
            throw new IllegalArgumentException(
                    DeliveryJobOptions.PARALLELISM.key()
                            + " is "
                            + parallelism
                            + "; it must be at least 1");
        }
        return parallelism;
    }

    private static <T> T attempt(String place, Supplier<T> step, Problems problems) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            problems.add(place, e.getMessage());
            return null;
        }
    }
}
