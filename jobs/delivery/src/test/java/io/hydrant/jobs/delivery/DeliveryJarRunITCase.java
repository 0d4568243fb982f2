package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.delivery.conversion.columnar.ColumnarFooter;
import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Runs the packed jar as {@code flink run} does: everything but Flink comes out of the jar, because
 * user classes are loaded from there first.
 */
class DeliveryJarRunITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STREAM = "hydrant-demo-flights";
    private static final String BUCKET = "hydrant-demo";

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @Test
    void delivers(@InjectMiniCluster MiniCluster cluster) throws Exception {
        delivers(cluster, false);
    }

    /** What is in the jar of Hadoop, a few classes under other names, has to be enough. */
    @ParameterizedTest
    @EnumSource(ColumnarFormat.class)
    void convertsWithoutHadoop(ColumnarFormat format, @InjectMiniCluster MiniCluster cluster)
            throws Exception {
        try (FakeKinesis kinesis = FakeKinesis.start();
                FakeS3 s3 = FakeS3.start()) {
            fill(kinesis, s3);
            JobGraph job =
                    pack(
                            kinesis.endpoint(),
                            s3,
                            "--set",
                            "ExtendedS3DestinationConfiguration.CompressionFormat=UNCOMPRESSED",
                            "--set",
                            "delivery.conversion.columns=struct<flight:bigint,carrier:string>",
                            "--set",
                            "delivery.conversion.format=" + format);

            cluster.submitJob(job).get();
            CompletableFuture<JobResult> end = cluster.requestJobResult(job.getJobID());
            Conditions.until(PATIENCE, "an object", () -> end.isDone() || !data(s3).isEmpty());
            cluster.cancelJob(job.getJobID()).get();
            assertThat(end.get().getJobStatus().orElse(null)).isEqualTo(JobStatus.CANCELED);

            byte[] object = s3.content(BUCKET, data(s3));
            assertThat(ColumnarFooter.formatOf(object)).isEqualTo(format);
            assertThat(ColumnarFooter.rows(object)).isEqualTo(1);
        }
    }

    /** HTTP/2 and event streams come out of the jar, too. */
    @Test
    void deliversWhatIsPushed(@InjectMiniCluster MiniCluster cluster) throws Exception {
        delivers(cluster, true);
    }

    private static void delivers(MiniCluster cluster, boolean fanOut) throws Exception {
        try (FakeKinesis kinesis = FakeKinesis.start();
                FakeS3 s3 = FakeS3.start()) {
            fill(kinesis, s3);
            JobGraph job = fanOut ? packFanOut(kinesis, s3) : pack(kinesis.endpoint(), s3);

            cluster.submitJob(job).get();
            CompletableFuture<JobResult> end = cluster.requestJobResult(job.getJobID());
            Conditions.until(PATIENCE, "an object", () -> end.isDone() || !data(s3).isEmpty());
            cluster.cancelJob(job.getJobID()).get();
            assertThat(end.get().getJobStatus().orElse(null)).isEqualTo(JobStatus.CANCELED);

            byte[] object = s3.content(BUCKET, data(s3));
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(object))) {
                assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"flight\":1}\n");
            }
            assertThat(kinesis.requests().count("GetRecords") == 0).isEqualTo(fanOut);
        }
    }

    /** The JobManager does this for the web UI, and would end with the exit of a client. */
    @Test
    void doesNotEndTheProcessThatOnlyWantsAPlan() throws Exception {
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(DeliveryJarITCase.JAR.toFile())
                        .setArguments("--config", "absent.json")
                        .build()) {
            assertThatThrownBy(
                            () ->
                                    PackagedProgramUtils.createJobGraph(
                                            program, new Configuration(), 1, true))
                    .isInstanceOf(ProgramInvocationException.class)
                    .hasStackTraceContaining("absent.json does not exist");
        }
    }

    /** Its library looks for a class by name, so relocation would break it without a word. */
    @Test
    void loadsTheFastDeflateWhereTheMachineHasIt() throws Exception {
        String type = "com.intel.gkl.compression.IntelDeflater";
        try (PackagedProgram program =
                PackagedProgram.newBuilder().setJarFile(DeliveryJarITCase.JAR.toFile()).build()) {
            Class<?> packed = program.getUserCodeClassLoader().loadClass(type);
            Class<?> plain = Class.forName(type);

            assertThat(packed).isNotSameAs(plain);
            assertThat(load(packed)).isEqualTo(load(plain));
        }
    }

    private static boolean load(Class<?> type) throws ReflectiveOperationException {
        Method load = type.getMethod("load", File.class);
        return (boolean) load.invoke(type.getConstructor().newInstance(), (File) null);
    }

    private static void fill(FakeKinesis kinesis, FakeS3 s3) {
        try (KinesisClient client =
                        AwsClients.create(
                                KinesisClient.builder(),
                                AwsClientConfig.forEndpoint(
                                        kinesis.endpoint(), "us-east-1", "test", "test"));
                S3Client store = TestS3.client(s3)) {
            client.createStream(r -> r.streamName(STREAM).shardCount(1));
            client.putRecord(
                    r ->
                            r.streamName(STREAM)
                                    .partitionKey("k")
                                    .data(SdkBytes.fromUtf8String("{\"flight\":1}")));
            store.createBucket(r -> r.bucket(BUCKET));
        }
    }

    private static JobGraph packFanOut(FakeKinesis kinesis, FakeS3 s3) throws Exception {
        return pack(
                kinesis.fanOutEndpoint(),
                s3,
                "--set",
                "source.reader.type=EFO",
                "--set",
                "source.efo.consumer.name=jar",
                "--set",
                "source.init.position=TRIM_HORIZON");
    }

    private static JobGraph pack(URI kinesis, FakeS3 s3, String... more) throws Exception {
        Configuration cluster = new Configuration();
        cluster.setString("restart-strategy.type", "none");
        cluster.setString("execution.checkpointing.interval", "100 ms");
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(DeliveryJarITCase.JAR.toFile())
                        .setConfiguration(cluster)
                        .setArguments(
                                Stream.concat(
                                                Stream.of(
                                                        "--config",
                                                        Examples.FLIGHTS,
                                                        "--set",
                                                        "ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds=0",
                                                        "--set",
                                                        "kinesis.endpoint=" + kinesis,
                                                        "--set",
                                                        "s3.endpoint=" + s3.endpoint()),
                                                Stream.of(more))
                                        .toArray(String[]::new))
                        .build()) {
            return PackagedProgramUtils.createJobGraph(program, cluster, 1, false);
        }
    }

    /** Key of the first object that is no ledger; empty while there is none. */
    private static String data(FakeS3 s3) {
        return s3.keys(BUCKET).stream()
                .filter(key -> key.startsWith("flights/"))
                .findFirst()
                .orElse("");
    }
}
