package io.hydrant.jobs.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

import java.util.function.LongSupplier;

/** Ends connections that send more of {@link SideFrames} than they may. */
final class SideFrameLimit extends Http2FrameListenerDecorator {

    private final SideFrames frames;
    private final LongSupplier clock;

    SideFrameLimit(Http2FrameListener listener, LongSupplier clock) {
        super(listener);
        this.frames = new SideFrames(clock.getAsLong());
        this.clock = clock;
    }

    private void countOne() throws Http2Exception {
        if (!frames.takesOne(clock.getAsLong())) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "Too many frames that are no part of a request");
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers headers,
            int padding,
            boolean endStream)
            throws Http2Exception {
        frames.requestBegins();
        super.onHeadersRead(context, streamId, headers, padding, endStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endStream)
            throws Http2Exception {
        frames.requestBegins();
        super.onHeadersRead(
                context,
                streamId,
                headers,
                streamDependency,
                weight,
                exclusive,
                padding,
                endStream);
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext context,
            int streamId,
            int streamDependency,
            short weight,
            boolean exclusive)
            throws Http2Exception {
        countOne();
        super.onPriorityRead(context, streamId, streamDependency, weight, exclusive);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
            throws Http2Exception {
        countOne();
        super.onSettingsRead(context, settings);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        countOne();
        super.onSettingsAckRead(context);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        countOne();
        super.onPingRead(context, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
        countOne();
        super.onPingAckRead(context, data);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int streamId, int increment)
            throws Http2Exception {
        countOne();
        super.onWindowUpdateRead(context, streamId, increment);
    }

    @Override
    public void onUnknownFrame(
            ChannelHandlerContext context,
            byte type,
            int streamId,
            Http2Flags flags,
            ByteBuf payload)
            throws Http2Exception {
        countOne();
        super.onUnknownFrame(context, type, streamId, flags, payload);
    }
}
