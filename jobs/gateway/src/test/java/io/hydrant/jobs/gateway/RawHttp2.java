package io.hydrant.jobs.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2HeadersEncoder;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A client that says on HTTP/2's wire whatever a test wants, good manners or not. */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int NO_ERROR = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;
    static final int ENHANCE_YOUR_CALM = 11;

    private final Socket socket;

    /** What goes with the next flush, all at once, so that no deadline lies between. */
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    private final DataOutputStream out = new DataOutputStream(waiting);
    private final DataInputStream in;
    private final String authority;
    private final Http2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

    /** One frame; null in place of one is the end of the connection. */
    record Frame(int type, int flags, int stream, byte[] payload) {

        boolean isEnd() {
            return (flags & END_STREAM) != 0 && (type == DATA || type == HEADERS);
        }

        /** What RST_STREAM and GOAWAY say. */
        int errorCode() {
            return ByteBuffer.wrap(payload).getInt(type == GO_AWAY ? Integer.BYTES : 0);
        }
    }

    /** A whole answer. */
    record Said(int status, Http2Headers headers, String body) {}

    private RawHttp2(Socket socket, String authority) throws IOException {
        this.socket = socket;
        // A test that waits for what never comes shall fail, and not hang.
        socket.setSoTimeout(60_000);
        this.in = new DataInputStream(socket.getInputStream());
        this.authority = authority;
    }

    /** Connects, and says hello with these settings, each two bytes of name and four of value. */
    static RawHttp2 connect(URI endpoint, byte... settings) throws IOException {
        RawHttp2 raw =
                new RawHttp2(
                        new Socket(endpoint.getHost(), endpoint.getPort()),
                        endpoint.getHost() + ":" + endpoint.getPort());
        raw.out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        raw.send(SETTINGS, 0, 0, settings);
        raw.flush();
        return raw;
    }

    void send(int type, int flags, int stream, byte... payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length & 0xffff);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** Headers of a request; an even number of names and values comes behind those of all. */
    void request(int stream, int flags, String path, String... more)
            throws IOException, Http2Exception {
        Http2Headers headers =
                new DefaultHttp2Headers(false)
                        .method("POST")
                        .scheme("http")
                        .authority(authority)
                        .path(path);
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1]);
        }
        send(HEADERS, flags | END_HEADERS, stream, block(stream, headers));
    }

    /** Headers as they are on the wire. */
    byte[] block(int stream, Http2Headers headers) throws Http2Exception {
        ByteBuf block = Unpooled.buffer();
        encoder.encodeHeaders(stream, headers, block);
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        return bytes;
    }

    void flush() throws IOException {
        socket.getOutputStream().write(waiting.toByteArray());
        waiting.reset();
    }

    /** The same for what the gateway does not hear out: it may hang up in the middle. */
    void flushUnheard() {
        try {
            flush();
        } catch (IOException e) {
            waiting.reset();
        }
    }

    /** The next frame, or null at the end, in whatever way the connection ends. */
    Frame next() throws IOException {
        int first;
        try {
            first = in.read();
        } catch (SocketException e) {
            return null;
        }
        if (first < 0) {
            return null;
        }
        int length = first << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, payload);
    }

    /** The next frame like that; null where none comes. */
    Frame await(Predicate<Frame> like) throws IOException {
        Frame frame = next();
        while (frame != null && !like.test(frame)) {
            frame = next();
        }
        return frame;
    }

    Frame await(int type) throws IOException {
        return await(frame -> frame.type() == type);
    }

    /** The answer of a stream; other streams' frames are lost. */
    Said answer(int stream) throws IOException, Http2Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Http2Headers headers = null;
        while (true) {
            Frame frame = next();
            if (frame == null) {
                throw new IOException("No answer: the connection is closed");
            }
            if (frame.type() == RESET && frame.stream() == stream) {
                throw new IOException("No answer, but a reset for error " + frame.errorCode());
            }
            if (frame.type() == HEADERS) {
                // The decoder keeps a table, so it has to see those of all streams.
                Http2Headers read =
                        decoder.decodeHeaders(
                                frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
                headers = frame.stream() == stream ? read : headers;
            }
            if (frame.type() == DATA && frame.stream() == stream) {
                body.write(frame.payload());
            }
            if (frame.stream() == stream && frame.isEnd()) {
                return new Said(
                        Integer.parseInt(headers.status().toString()),
                        headers,
                        body.toString(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
