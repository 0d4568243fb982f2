package io.hydrant.localstack.harness.junit;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackClients;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.server.LocalStackServer;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;

/** Gives a test what {@link LocalStackTest} promises. */
final class LocalStackExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

    private static final Map<Class<?>, Function<ExtensionContext, Object>> RESOLVERS =
            Map.of(
                    LocalStack.class, context -> shared(context).localStack(),
                    KinesisClient.class, context -> shared(context).kinesis(),
                    S3Client.class, context -> shared(context).s3(),
                    StsClient.class, context -> shared(context).sts(),
                    UniqueNames.class, LocalStackExtension::names);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return RESOLVERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return RESOLVERS.get(parameter.getParameter().getType()).apply(context);
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, key -> Shared.connect(), Shared.class);
    }

    private static UniqueNames names(ExtensionContext context) {
        Shared shared = shared(context);
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        context.getUniqueId(),
                        id -> new Deleting(new UniqueNames(shared.kinesis(), shared.s3())),
                        Deleting.class)
                .names();
    }

    /** One connection per JVM; JUnit closes it after the last test. */
    private record Shared(LocalStack localStack, KinesisClient kinesis, S3Client s3, StsClient sts)
            implements Store.CloseableResource {

        static Shared connect() {
            try {
                LocalStack localStack = LocalStackServer.sharedByBuild(Progress.onStandardError());
                return new Shared(
                        localStack,
                        LocalStackClients.kinesis(localStack),
                        LocalStackClients.s3(localStack),
                        LocalStackClients.sts(localStack));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            kinesis.close();
            s3.close();
            sts.close();
        }
    }

    private record Deleting(UniqueNames names) implements Store.CloseableResource {

        @Override
        public void close() {
            names.deleteAll();
        }
    }
}
