package io.hydrant.kinesis.source;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.aws.CredentialsProviderKind;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.kinesalite.Kinesalite;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * What {@code ./hydrant soak source} does in a simulation, for a short while against servers that
 * know nothing of it: puts, splits, merges, failures, and restores with another parallelism, drawn
 * from a seed that a failure names, and that {@code -Dhydrant.test.seed} gives again. What each
 * server does in its own way is in {@link LocalStack}'s and {@link Kinesalite}'s comments.
 */
@Timeout(300)
@LocalStackTest
class DrawnReadsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    @TempDir private Path savepoints;

    /** The same in every build, which is no place to look for what others might find. */
    private final long seed = Long.getLong("hydrant.test.seed", 20_260_127);

    @Test
    void readsEveryRecordOnceAndInOrderFromLocalStack(LocalStack localStack) throws Exception {
        AwsClientConfig aws =
                AwsClientConfig.forEndpoint(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey());
        try (DrawnReads reads = new DrawnReads(aws, savepoints, seed)) {
            reads.take(15);
        }
    }

    @Test
    void readsEveryRecordOnceAndInOrderFromKinesalite() throws Exception {
        try (Kinesalite kinesalite = Kinesalite.start()) {
            Configuration json = new Configuration();
            json.set(AwsOptions.ENDPOINT, kinesalite.endpoint().toString());
            json.set(AwsOptions.REGION, "us-east-1");
            json.set(AwsOptions.CREDENTIALS_PROVIDER, CredentialsProviderKind.BASIC);
            json.set(AwsOptions.BASIC_ACCESS_KEY_ID, "any");
            json.set(AwsOptions.BASIC_SECRET_KEY, "any");
            // Streams are not there yet, of whose age it could be seen.
            json.set(AwsOptions.CBOR, false);
            try (DrawnReads reads = new DrawnReads(AwsClientConfig.from(json), savepoints, seed)) {
                reads.take(60);
            }
        }
    }
}
