package io.hydrant.localstack.fakes.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A call on a stream of an HTTP/2 connection. */
final class Http2Call extends ChannelInboundHandlerAdapter implements PushCall {

    private final Consumer<Http2Call> whenComplete;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private ChannelHandlerContext context;
    private Http2Headers headers;
    private boolean ended;

    /**
     * A call of which nothing has come yet.
     *
     * @param whenComplete given the call when all of the request is there
     */
    Http2Call(Consumer<Http2Call> whenComplete) {
        this.whenComplete = whenComplete;
    }

    @Override
    public void channelRead(ChannelHandlerContext on, Object frame) throws IOException {
        context = on;
        boolean last = false;
        try {
            if (frame instanceof Http2HeadersFrame head) {
                headers = head.headers();
                last = head.isEndStream();
            } else if (frame instanceof Http2DataFrame data) {
                data.content().readBytes(body, data.content().readableBytes());
                last = data.isEndStream();
            }
        } finally {
            ReferenceCountUtil.release(frame);
        }
        if (last) {
            whenComplete.accept(this);
        }
    }

    @Override
    public String header(String name) {
        CharSequence value = headers.get(name);
        return value == null ? null : value.toString();
    }

    @Override
    public byte[] body() {
        return body.toByteArray();
    }

    @Override
    public void begin(int status, String contentType) {
        Http2Headers answer = new DefaultHttp2Headers().status(String.valueOf(status));
        answer.set("content-type", contentType);
        write(new DefaultHttp2HeadersFrame(answer, false));
    }

    @Override
    public void send(byte[] part) {
        write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(part), false));
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public boolean isOpen() {
        return !ended && context.channel().isActive();
    }

    @Override
    public void end() {
        write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
        ended = true;
    }

    @Override
    public void reset() {
        write(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        ended = true;
    }

    @Override
    public void disconnect() {
        Future<?> unused = context.channel().parent().close();
        ended = true;
    }

    @Override
    public void later(Runnable task, long millis) {
        Future<?> unused =
                context.channel().eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private void write(Object frame) {
        Future<?> unused = context.writeAndFlush(frame);
    }
}
