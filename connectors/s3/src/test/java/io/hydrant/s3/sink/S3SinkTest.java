package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.S3FailedException;

import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3SinkTest {

    @Test
    void leavesNoConnectionsBehindWhereItsBucketIsNotThere() {
        MemoryStore store = new MemoryStore("another");
        S3Sink sink =
                new S3Sink(
                        WriterRig.config(),
                        AwsClientConfig.forEndpoint(
                                URI.create("http://localhost"), "us-east-1", "test", "test"),
                        (aws, config) -> store);

        assertThatThrownBy(() -> sink.createWriter(withMetricsAlone()))
                .isInstanceOf(S3FailedException.class)
                .hasMessageContaining("There is no bucket");
        assertThat(store.isClosed()).isTrue();
    }

    /** A context that is asked for nothing but metrics before the bucket is looked for. */
    private static WriterInitContext withMetricsAlone() {
        return (WriterInitContext)
                Proxy.newProxyInstance(
                        S3SinkTest.class.getClassLoader(),
                        new Class<?>[] {WriterInitContext.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("metricGroup")) {
                                return UnregisteredMetricsGroup.createSinkWriterMetricGroup();
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }
}
