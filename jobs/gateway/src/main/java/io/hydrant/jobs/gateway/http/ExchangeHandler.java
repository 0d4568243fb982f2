package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.limits.ByteBudget;
import io.hydrant.jobs.gateway.metrics.GatewayMetrics;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * One connection, or one stream of HTTP/2, which has one request: one request at a time, each of
 * which comes whole and in time or ends it. Time runs against a deadline that no trickle of bytes
 * moves. Runs on the connection's own thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to close
final class ExchangeHandler extends ChannelInboundHandlerAdapter {

    /** SDKs whose clock is wrong set it right by this, and sign again. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);

    /** How a connection treats requests. */
    record Rules(
            long maxBodyBytes,
            ByteBudget budget,
            Duration requestTimeout,
            Duration idleTimeout,
            BooleanSupplier isStopping) {}

    /** What requests come by. */
    enum Wire {
        /** A connection of HTTP/1.1. */
        CONNECTION,
        /** A stream of HTTP/2, which ends with its answer. */
        STREAM
    }

    private enum State {
        /** For the next request with its headers. */
        WAITING,
        /** The body comes. */
        READING,
        /** The request is refused; what still comes of it is thrown away. */
        REFUSED,
        /** The answer is being made, or sent. */
        ANSWERING
    }

    private final GatewayService service;
    private final Rules rules;
    private final GatewayMetrics metrics;
    private final Wire wire;
    private final Deadline deadline;

    private State state = State.WAITING;
    private NettyHead head;
    private Admitted request;
    private Answer refusal;
    private ArrivingBody body;
    private boolean closesAfterAnswer;
    private boolean hasCome;

    /** The deadline may be set already for the first request. */
    ExchangeHandler(
            GatewayService service,
            Rules rules,
            GatewayMetrics metrics,
            Wire wire,
            Deadline deadline) {
        this.service = service;
        this.rules = rules;
        this.metrics = metrics;
        this.wire = wire;
        this.deadline = deadline;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        setDeadline(context, rules.idleTimeout(), "idle");
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        if (state != State.ANSWERING) {
            // Else what is under way still holds the memory.
            release();
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest begun) {
                begin(context, begun);
            }
            if (message instanceof HttpContent content) {
                take(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{} {} fails", wire, context.channel(), cause);
        if (cause instanceof Http2Exception) {
            // Who tells it resets the stream, and says in what way it is malformed.
            metrics.reset("malformed");
        } else if (cause.getCause() instanceof Http2Exception malformed) {
            metrics.reset("malformed");
            reset(context, malformed.error());
        } else {
            end(context, "failed");
        }
    }

    private void end(ChannelHandlerContext context, String reason) {
        if (wire == Wire.STREAM) {
            metrics.reset(reason);
            reset(context, Http2Error.CANCEL);
        } else {
            metrics.closed(reason);
            context.close();
        }
    }

    /** To close is not enough: where the client leaves the answer's end no room, that waits. */
    private static void reset(ChannelHandlerContext context, Http2Error error) {
        context.writeAndFlush(new DefaultHttp2ResetFrame(error))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == Shutdown.GRACEFUL) {
            stop(context);
        }
        context.fireUserEventTriggered(event);
    }

    private void begin(ChannelHandlerContext context, HttpRequest begun) {
        if (state != State.WAITING) {
            // A request behind one that has no answer yet; its sender sends it again.
            closesAfterAnswer = true;
            return;
        }
        closesAfterAnswer = !HttpUtil.isKeepAlive(begun) || rules.isStopping().getAsBoolean();
        setDeadline(context, rules.requestTimeout(), "slow");
        head = new NettyHead(begun.method().name(), begun.uri(), begun.headers());
        try {
            requireWireRules(begun, head);
            boolean isChunked = HttpUtil.isTransferEncodingChunked(begun);
            long size = isChunked ? 0 : size(begun);
            request = service.admit(head);
            body =
                    isChunked
                            ? ArrivingBody.inChunks(rules.maxBodyBytes(), rules.budget())
                            : ArrivingBody.ofSize(size, rules.budget());
            if (body == null) {
                throw noMemory();
            }
            state = State.READING;
            if (HttpUtil.is100ContinueExpected(begun)) {
                context.writeAndFlush(
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.CONTINUE,
                                Unpooled.EMPTY_BUFFER));
            }
        } catch (ServiceError e) {
            refuse(context, service.answer(e, head), HttpUtil.is100ContinueExpected(begun));
        }
    }

    private ServiceError noMemory() {
        ServiceError busy = ServiceError.slowDown();
        service.refused(busy);
        return busy;
    }

    private ServiceError tooLarge(String what) {
        closesAfterAnswer = true;
        ServiceError error =
                ServiceError.of(
                        413,
                        "RequestEntityTooLargeException",
                        "The body has " + what + "; the gateway takes " + rules.maxBodyBytes());
        service.refused(error);
        return error;
    }

    /** Answers behind the body, since many clients read no answer before; else at once. */
    private void refuse(ChannelHandlerContext context, Answer answer, boolean holdsBodyBack) {
        if (holdsBodyBack) {
            closesAfterAnswer = true;
            state = State.ANSWERING;
            send(context, answer);
        } else {
            state = State.REFUSED;
            refusal = answer;
        }
    }

    private void requireWireRules(HttpRequest head, NettyHead signedHead) {
        ServiceError error = null;
        if (head.decoderResult().isFailure()) {
            error = ServiceError.ofCaller("BadRequest", "This is no HTTP request that fits");
        } else {
            requireRoute(signedHead);
            String coding =
                    String.join(", ", head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING));
            if (!coding.isEmpty() && !coding.trim().equalsIgnoreCase("chunked")) {
                error =
                        ServiceError.of(
                                501,
                                "UnknownTransferEncoding",
                                "The Transfer-Encoding is '"
                                        + coding
                                        + "'; it may be chunked, or absent");
            } else if (coding.isEmpty()
                    && wire == Wire.CONNECTION
                    && needsBody(head)
                    && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
                error =
                        ServiceError.of(
                                411,
                                "MissingContentLength",
                                "Requests need a Content-Length, or Transfer-Encoding: chunked");
            }
        }
        if (error != null) {
            closesAfterAnswer = true;
            service.refused(error);
            throw error;
        }
    }

    private void requireRoute(NettyHead signedHead) {
        try {
            service.requireRoute(signedHead);
        } catch (ServiceError e) {
            closesAfterAnswer = true;
            throw e;
        }
    }

    private static boolean needsBody(HttpRequest head) {
        return !head.method().equals(HttpMethod.OPTIONS);
    }

    private long size(HttpRequest head) {
        // In HTTP/2 a request without a size has no body here, since one that has comes in chunks.
        boolean needsSize = wire == Wire.CONNECTION && needsBody(head);
        long size = HttpUtil.getContentLength(head, needsSize ? -1L : 0L);
        if (size < 0 || size > rules.maxBodyBytes()) {
            throw tooLarge(size + " bytes");
        }
        return size;
    }

    private void take(ChannelHandlerContext context, HttpContent content) {
        boolean isLast = content instanceof LastHttpContent;
        hasCome |= isLast;
        if (state == State.REFUSED) {
            if (isLast) {
                state = State.ANSWERING;
                send(context, refusal);
            }
        } else if (state == State.READING) {
            if (content.decoderResult().isFailure()) {
                malformed(context);
                return;
            }
            switch (body.take(content.content())) {
                case YES -> {
                    if (isLast) {
                        carryOut(context);
                    }
                }
                case MORE_THAN_SAID -> malformed(context);
                case TOO_MANY -> stopReading(context, tooLarge("more bytes than it may"), isLast);
                case NO_MEMORY -> stopReading(context, noMemory(), isLast);
            }
        }
    }

    private void malformed(ChannelHandlerContext context) {
        end(context, "malformed");
    }

    /**
     * Refuses what has begun to come; the rest of it is thrown away, for as long as it may take.
     */
    private void stopReading(ChannelHandlerContext context, ServiceError error, boolean isLast) {
        release();
        Answer answer = service.answer(error, head);
        if (isLast) {
            state = State.ANSWERING;
            send(context, answer);
        } else {
            state = State.REFUSED;
            refusal = answer;
        }
    }

    private void carryOut(ChannelHandlerContext context) {
        byte[] whole = body.whole();
        if (whole == null) {
            stopReading(context, noMemory(), true);
            return;
        }
        state = State.ANSWERING;
        deadline.cancel();
        // Nothing more is read before the answer is out: who sends more waits in TCP.
        context.channel().config().setAutoRead(false);
        Admitted admitted = request;
        request = null;
        var unused =
                admitted.handle(whole)
                        .whenComplete(
                                (answer, never) ->
                                        context.executor().execute(() -> send(context, answer)));
    }

    private void send(ChannelHandlerContext context, Answer answer) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(answer.status()),
                        Unpooled.wrappedBuffer(answer.body()));
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            response.headers().set(header.getKey(), header.getValue());
        }
        if (!response.headers().contains("x-amzn-RequestId")) {
            response.headers().set("x-amzn-RequestId", UUID.randomUUID().toString());
        }
        response.headers().set(HttpHeaderNames.DATE, DATE.format(Instant.now()));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        boolean closes = closesAfterAnswer || rules.isStopping().getAsBoolean();
        if (closes && wire == Wire.CONNECTION) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        setDeadline(context, rules.requestTimeout(), "slow");
        context.writeAndFlush(response)
                .addListener(
                        (ChannelFutureListener)
                                sent -> {
                                    release();
                                    if (wire == Wire.STREAM) {
                                        endStream(context);
                                    } else if (closes || closesAfterAnswer || !sent.isSuccess()) {
                                        sent.channel().close();
                                    } else {
                                        waitForNext(context);
                                    }
                                });
    }

    /**
     * A stream ends by itself when both sides have said all; of a request, nobody needs the rest.
     */
    private void endStream(ChannelHandlerContext context) {
        if (hasCome) {
            context.close();
        } else {
            reset(context, Http2Error.NO_ERROR);
        }
    }

    private void waitForNext(ChannelHandlerContext context) {
        state = State.WAITING;
        hasCome = false;
        setDeadline(context, rules.idleTimeout(), "idle");
        context.channel().config().setAutoRead(true);
    }

    private void release() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private void setDeadline(ChannelHandlerContext context, Duration time, String reason) {
        if (context.channel().isActive()) {
            deadline.set(context.executor(), time, () -> end(context, reason));
        } else {
            deadline.cancel();
        }
    }

    /** Ends a connection that has nothing under way; one that has ends with its answer. */
    private void stop(ChannelHandlerContext context) {
        closesAfterAnswer = true;
        if (state == State.WAITING) {
            context.close();
        }
    }
}
