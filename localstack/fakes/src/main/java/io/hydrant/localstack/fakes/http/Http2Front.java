package io.hydrant.localstack.fakes.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A loopback port for both HTTP versions: HTTP/2 by prior knowledge goes to a {@link PushService},
 * everything else byte by byte to a {@link FakeServer}.
 */
public final class Http2Front implements AutoCloseable {

    /** How every HTTP/2 connection begins (RFC 9113, 3.4), as far as is needed to tell. */
    private static final int PRI = 0x50524920;

    private final FakeServer behind;
    private final PushService service;
    private final EventLoopGroup threads;
    private Channel listening;

    private Http2Front(FakeServer behind, PushService service, EventLoopGroup threads) {
        this.behind = behind;
        this.service = service;
        this.threads = threads;
    }

    /** Starts listening on a free port; faults and the log are those of the server behind. */
    public static Http2Front start(String name, FakeServer behind, PushService service) {
        EventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory(name, true));
        Http2Front front = new Http2Front(behind, service, threads);
        front.listening =
                new ServerBootstrap()
                        .group(threads)
                        .channel(NioServerSocketChannel.class)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(
                                initialize(channel -> channel.pipeline().addLast(front.new Fork())))
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel();
        return front;
    }

    /** Where clients find it. */
    public URI endpoint() {
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Stops at once; answers under way are cut off. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void answer(Http2Call call) {
        long start = System.currentTimeMillis();
        String action = service.action(call);
        Fault fault = behind.faults().take(action);
        behind.log().record(action, start, System.currentTimeMillis());
        if (fault == null) {
            service.handle(action, call);
        } else if (fault.moment() == Fault.Moment.REFUSE) {
            service.error(call, fault.status(), fault.code(), fault.message());
        } else {
            call.reset();
        }
    }

    private static ChannelHandler initialize(Consumer<Channel> how) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                how.accept(channel);
            }
        };
    }

    /** Looks at how a connection begins. */
    private final class Fork extends ByteToMessageDecoder {

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (in.readableBytes() < Integer.BYTES) {
                return;
            }
            if (in.getInt(in.readerIndex()) == PRI) {
                context.pipeline()
                        .addLast(
                                Http2FrameCodecBuilder.forServer().build(),
                                new Http2MultiplexHandler(
                                        initialize(
                                                stream ->
                                                        stream.pipeline()
                                                                .addLast(
                                                                        new Http2Call(
                                                                                Http2Front.this
                                                                                        ::answer)))));
            } else {
                passThrough(context.channel());
            }
            // What was read so far goes on to the handlers just added.
            context.pipeline().remove(this);
        }

        private void passThrough(Channel client) {
            client.config().setAutoRead(false);
            Pipe toServer = new Pipe();
            client.pipeline().addLast(toServer);
            Future<?> unused =
                    new Bootstrap()
                            .group(client.eventLoop())
                            .channel(NioSocketChannel.class)
                            .option(ChannelOption.TCP_NODELAY, true)
                            .handler(new Pipe(client))
                            .connect("127.0.0.1", behind.endpoint().getPort())
                            .addListener(
                                    (ChannelFutureListener)
                                            connected -> {
                                                if (connected.isSuccess()) {
                                                    toServer.to(connected.channel());
                                                    client.config().setAutoRead(true);
                                                } else {
                                                    Future<?> unusedToo = client.close();
                                                }
                                            });
        }
    }

    /** Copies what comes in to another connection, and closes that one with its own. */
    private static final class Pipe extends ChannelInboundHandlerAdapter {

        private ByteBuf early;
        private Channel other;

        Pipe() {}

        Pipe(Channel other) {
            this.other = other;
        }

        void to(Channel channel) {
            other = channel;
            if (early != null) {
                Future<?> unused = other.writeAndFlush(early);
                early = null;
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (other != null) {
                Future<?> unused = other.writeAndFlush(part);
            } else if (early == null) {
                early = (ByteBuf) part;
            } else {
                early =
                        context.alloc()
                                .compositeBuffer()
                                .addComponents(true, early, (ByteBuf) part);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ReferenceCountUtil.release(early);
            if (other != null) {
                Future<?> unused = other.close();
            }
        }
    }
}
