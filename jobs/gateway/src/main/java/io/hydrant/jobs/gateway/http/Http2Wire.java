package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;

/**
 * Puts the handlers of an HTTP/2 connection together:
 *
 * <pre>
 *   UnreadAnswers ─ codec ─ SideFrameLimit ─ streams ─┬─ HTTP objects ─ ExchangeHandler
 *                                                     ├─ …
 *                                                     └─ MultiplexedConnection
 * </pre>
 *
 * <p>A stream is to the gateway what a connection with one request is in HTTP/1.1. What a client
 * can do beyond that to keep the gateway busy is limited here: streams that are opened to be reset
 * (CVE-2023-44487), or so that the gateway resets them (CVE-2025-8671), headers in endless pieces
 * (CVE-2024-27316 and others), empty data (CVE-2019-9518), pings and settings (CVE-2019-9512,
 * 9515).
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to close
final class Http2Wire {

    /** What a stream may send ahead of the gateway; a connection twice as much. */
    private static final int WINDOW = 1 << 20;

    private static final int MAX_RESETS = 200;
    private static final int RESETS_SECONDS = 30;
    private static final int MAX_EMPTY_DATA = 10;
    private static final int MAX_SMALL_CONTINUATIONS = 16;
    private static final int MAX_QUEUED_CONTROLS = 1_000;

    private final GatewayService service;
    private final ExchangeHandler.Rules rules;
    private final GatewayMetrics metrics;
    private final int maxStreams;
    private final int maxHeaders;

    Http2Wire(
            GatewayService service,
            ExchangeHandler.Rules rules,
            GatewayMetrics metrics,
            int maxStreams,
            int maxHeaders) {
        this.service = service;
        this.rules = rules;
        this.metrics = metrics;
        this.maxStreams = maxStreams;
        this.maxHeaders = maxHeaders;
    }

    /** Adds them, for a connection that has to begin its first request until the deadline. */
    void add(ChannelPipeline pipeline, Deadline deadline) {
        Http2FrameCodec codec = codec();
        codec.decoder()
                .frameListener(
                        new SideFrameLimit(codec.decoder().frameListener(), System::nanoTime));
        pipeline.addLast(new UnreadAnswers(rules.requestTimeout(), metrics));
        pipeline.addLast(codec);
        pipeline.addLast(new Http2MultiplexHandler(streams()));
        pipeline.addLast(
                new MultiplexedConnection(
                        codec.connection(), rules.idleTimeout(), metrics, deadline));
    }

    private Http2FrameCodec codec() {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(
                        new Http2Settings()
                                .maxConcurrentStreams(maxStreams)
                                .maxHeaderListSize(maxHeaders)
                                .initialWindowSize(WINDOW))
                .validateHeaders(true)
                .validateRequiredPseudoHeaders(true)
                // The client says how large a table of headers it takes, and it may say 2 GB.
                .headerSensitivityDetector(Http2HeadersEncoder.ALWAYS_SENSITIVE)
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESETS_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA)
                .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
                .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROLS)
                .gracefulShutdownTimeoutMillis(rules.requestTimeout().toMillis())
                .build();
    }

    private ChannelInitializer<Channel> streams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline()
                        .addLast(
                                new Http2StreamFrameToHttpObjectCodec(true),
                                new ExchangeHandler(
                                        service,
                                        rules,
                                        metrics,
                                        ExchangeHandler.Wire.STREAM,
                                        new Deadline()));
            }
        };
    }

    /** Closes a connection without waiting for its streams; any connection. */
    static void cutOff(Channel connection) {
        ChannelHandlerContext codec = connection.pipeline().context(Http2FrameCodec.class);
        if (codec == null) {
            connection.close();
        } else {
            codec.close();
        }
    }
}
