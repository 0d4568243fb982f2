package io.hydrant.core.aws;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.AttributeMap;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes HTTP/2 clients for answers that go on for minutes, many of them over few connections.
 *
 * <p>The I/O threads are of our own: the SDK's default starts two for every core and client, and
 * takes two seconds of silence to end them, which every cancelled task would wait for.
 */
final class Http2ClientBuilder implements SdkAsyncHttpClient.Builder<Http2ClientBuilder> {

    /** Answers under way at once; streams of shared connections, so this is no bound on sockets. */
    private static final int MAX_STREAMS = 10_000;

    private static final int IO_THREADS = 2;
    private static final Duration END = Duration.ofSeconds(5);

    private final AwsClientConfig config;
    private final Duration longestSilence;

    Http2ClientBuilder(AwsClientConfig config, Duration longestSilence) {
        this.config = config;
        this.longestSilence = longestSilence;
    }

    @Override
    public SdkAsyncHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
        SdkEventLoopGroup threads = SdkEventLoopGroup.builder().numberOfThreads(IO_THREADS).build();
        NettyNioAsyncHttpClient.Builder builder =
                NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(threads)
                        .protocol(Protocol.HTTP2)
                        // Both sides know that it is HTTP/2: the service needs no negotiation, and
                        // a plain endpoint has none.
                        .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL)
                        .maxConcurrency(Math.max(MAX_STREAMS, config.maxConcurrency()))
                        .connectionTimeout(config.connectionTimeout())
                        .connectionAcquisitionTimeout(config.connectionTimeout())
                        .readTimeout(longest(config.readTimeout(), longestSilence));
        AttributeMap settings =
                AttributeMap.builder()
                        .put(
                                SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES,
                                config.trustAllCertificates())
                        .build();
        return new OwnThreads(
                builder.buildWithDefaults(settings.merge(serviceDefaults)),
                threads.eventLoopGroup());
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** A client that ends its threads with itself. */
    private static final class OwnThreads implements SdkAsyncHttpClient {

        private final SdkAsyncHttpClient client;
        private final EventLoopGroup threads;

        OwnThreads(SdkAsyncHttpClient client, EventLoopGroup threads) {
            this.client = client;
            this.threads = threads;
        }

        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
            return client.execute(request);
        }

        @Override
        public String clientName() {
            return client.clientName();
        }

        @Override
        public void close() {
            client.close();
            Future<?> end = threads.shutdownGracefully(0, END.toMillis(), TimeUnit.MILLISECONDS);
            end.awaitUninterruptibly(END.toMillis());
        }
    }
}
