package io.hydrant.lambda;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.transform.BatchLimits;
import io.hydrant.delivery.transform.BatchTransform;
import io.hydrant.delivery.transform.BatchTransformFactory;
import io.hydrant.delivery.transform.TransformContext;

import java.time.Clock;
import java.util.Objects;

/**
 * A Lambda function as the transform of a delivery, by the contract that it has with Firehose: a
 * function that works there works here unchanged.
 *
 * <pre>
 *   records ─> batch (size, interval, 6 MiB) ─> Invoke, repeated with back-off ─> result of each record
 * </pre>
 *
 * <p>Every record's result counts once, whatever fails in between. The function itself is called at
 * least once for a record: again where an invocation failed, and where the job goes on from a
 * checkpoint at which the record was under way. Breaks if the function answers for records that
 * another invocation holds; ids are unique within a batch only.
 *
 * <p>Metrics: {@code ExecuteProcessing.Duration} and {@code ExecuteProcessing.Success} under
 * Firehose's names.
 */
public final class LambdaTransformFactory implements BatchTransformFactory {

    private static final long serialVersionUID = 1L;

    private final LambdaConfig config;
    private final InvocationOrigin origin;
    private final AwsClientConfig aws;
    private final boolean routes;

    /**
     * The function of a configuration.
     *
     * @param origin what it is told about where its records come from
     * @param aws how Lambda is reached; the region is the function's own
     */
    public LambdaTransformFactory(
            LambdaConfig config, InvocationOrigin origin, AwsClientConfig aws) {
        this(config, origin, aws, false);
    }

    private LambdaTransformFactory(
            LambdaConfig config, InvocationOrigin origin, AwsClientConfig aws, boolean routes) {
        this.config = Objects.requireNonNull(config, "config");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.aws = Objects.requireNonNull(aws, "aws");
        this.routes = routes;
    }

    /** The same function for a destination with tables, of which it may choose one. */
    public LambdaTransformFactory choosingTables() {
        return new LambdaTransformFactory(config, origin, aws, true);
    }

    @Override
    public BatchLimits limits() {
        return config.limits();
    }

    @Override
    public BatchTransform open(TransformContext context) {
        return open(context, new HttpLambdaApi(config, aws));
    }

    /** The same, calling what stands in for the function; for who sends it to no other process. */
    public BatchTransformFactory calling(LambdaApi api) {
        return new BatchTransformFactory() {
            private static final long serialVersionUID = 1L;

            @Override
            public BatchLimits limits() {
                return config.limits();
            }

            @Override
            public BatchTransform open(TransformContext context) {
                return LambdaTransformFactory.this.open(context, api);
            }
        };
    }

    private BatchTransform open(TransformContext context, LambdaApi api) {
        return new LambdaTransform(
                config,
                routes,
                origin,
                api,
                new InvocationMetrics(context.metrics()),
                Clock.systemUTC(),
                LambdaTransform.Pause.SLEEP);
    }
}
