package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.limits.ByteBudget;
import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Listens for clients. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to close
public final class GatewayServer implements AutoCloseable {

    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;
    private static final int BACKLOG = 1024;

    private final EventLoopGroup acceptor =
            new NioEventLoopGroup(1, new DefaultThreadFactory("gateway-accept", true));
    private final EventLoopGroup wires =
            new NioEventLoopGroup(0, new DefaultThreadFactory("gateway-wire", true));
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Settings settings;
    private final GatewayService service;
    private final GatewayMetrics metrics;
    private volatile boolean isStopping;
    private Channel listening;

    /**
     * How the server takes requests.
     *
     * @param address where it listens
     * @param tls TLS, or null for plain HTTP
     * @param maxConnections connections at a time
     * @param maxBodyBytes body of a request at the most
     * @param budget memory for all bodies
     * @param requestTimeout time for a body to come, and for an answer to be taken
     * @param idleTimeout time for the next request to begin
     * @param maxStreams streams of an HTTP/2 connection at a time; 0 for HTTP/1.1 alone
     */
    public record Settings(
            InetSocketAddress address,
            SslContext tls,
            int maxConnections,
            long maxBodyBytes,
            ByteBudget budget,
            Duration requestTimeout,
            Duration idleTimeout,
            int maxStreams) {}

    /** A server that does not listen yet. */
    public GatewayServer(Settings settings, GatewayService service, GatewayMetrics metrics) {
        this.settings = settings;
        this.service = service;
        this.metrics = metrics;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address is taken, or not of this machine
     */
    public void start() throws IOException {
        ExchangeHandler.Rules rules =
                new ExchangeHandler.Rules(
                        settings.maxBodyBytes(),
                        settings.budget(),
                        settings.requestTimeout(),
                        settings.idleTimeout(),
                        () -> isStopping);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(acceptor, wires)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        open(channel, rules);
                                    }
                                });
        try {
            listening = bootstrap.bind(settings.address()).sync().channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while beginning to listen", e);
        } catch (Exception e) {
            // Netty throws what bind throws, checked or not.
            throw new IOException(
                    "Cannot listen on " + settings.address() + ": " + e.getMessage(), e);
        }
    }

    private void open(SocketChannel channel, ExchangeHandler.Rules rules) {
        if (isStopping || connections.size() >= settings.maxConnections()) {
            metrics.closed("too-many");
            channel.close();
            return;
        }
        connections.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        if (settings.tls() != null) {
            pipeline.addLast(settings.tls().newHandler(channel.alloc()));
        }
        if (settings.maxStreams() == 0) {
            speakHttp1(pipeline, new Deadline(), rules);
            return;
        }
        Http2Wire http2 =
                new Http2Wire(service, rules, metrics, settings.maxStreams(), MAX_HEADERS);
        pipeline.addLast(
                new ProtocolDetector(
                        (handlers, deadline) -> speakHttp1(handlers, deadline, rules),
                        (handlers, deadline) -> {
                            metrics.opened("h2");
                            http2.add(handlers, deadline);
                        },
                        rules.idleTimeout(),
                        metrics));
    }

    private void speakHttp1(
            ChannelPipeline pipeline, Deadline deadline, ExchangeHandler.Rules rules) {
        metrics.opened("http/1.1");
        pipeline.addLast(new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK));
        pipeline.addLast(
                new ExchangeHandler(
                        service, rules, metrics, ExchangeHandler.Wire.CONNECTION, deadline));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Connections that are open. */
    public int connections() {
        return connections.size();
    }

    /** Takes no more requests; those under way go on. */
    public void stopTaking() {
        isStopping = true;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        for (Channel channel : connections) {
            channel.eventLoop()
                    .execute(() -> channel.pipeline().fireUserEventTriggered(Shutdown.GRACEFUL));
        }
    }

    /** Waits for the connections to end; false where that takes longer. */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        return connections.newCloseFuture().await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends what is left. */
    @Override
    public void close() {
        stopTaking();
        connections.forEach(Http2Wire::cutOff);
        connections.newCloseFuture().awaitUninterruptibly();
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        wires.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
