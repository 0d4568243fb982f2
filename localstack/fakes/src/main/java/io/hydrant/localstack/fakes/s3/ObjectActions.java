package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Reply;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The actions on one object. */
final class ObjectActions {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final S3State state;

    ObjectActions(S3State state) {
        this.state = state;
    }

    Reply putObject(S3Request request) throws IOException {
        Bucket bucket = state.bucket(request.bucket());
        boolean onlyIfAbsent = request.onlyIfAbsent();
        Content content = state.bodies.content(request.call());
        bucket.put(
                request.key(),
                new StoredObject(content, request.keptHeaders(), state.clock.millis()),
                onlyIfAbsent);
        return summed(new Reply(200).header("ETag", quoted(content)), content);
    }

    /** With the sums that were found right, as S3 confirms them. */
    static Reply summed(Reply reply, Content content) {
        content.sums().forEach(reply::header);
        return reply;
    }

    Reply copyObject(S3Request request) {
        String source =
                URLDecoder.decode(
                        request.call().header("x-amz-copy-source").replace("+", "%2B"),
                        StandardCharsets.UTF_8);
        String path = source.startsWith("/") ? source.substring(1) : source;
        int slash = path.indexOf('/');
        if (slash < 0 || path.contains("?")) {
            throw S3Error.invalidArgument("Copy source must name a bucket and a key: " + source);
        }
        StoredObject from =
                state.bucket(path.substring(0, slash)).object(path.substring(slash + 1));
        boolean replaceHeaders =
                "REPLACE".equals(request.call().header("x-amz-metadata-directive"));
        long now = state.clock.millis();
        state.bucket(request.bucket())
                .put(
                        request.key(),
                        new StoredObject(
                                from.content(),
                                replaceHeaders ? request.keptHeaders() : from.headers(),
                                now),
                        request.onlyIfAbsent());
        return S3Service.xml(
                200,
                Xml.document("CopyObjectResult")
                        .element("LastModified", Instant.ofEpochMilli(now))
                        .element("ETag", quoted(from.content())));
    }

    Reply headObject(S3Request request) {
        StoredObject object = state.bucket(request.bucket()).object(request.key());
        verifyConditions(request, object);
        Reply reply = new Reply(200);
        if (request.call().header("x-amz-checksum-mode") != null) {
            summed(reply, object.content());
        }
        return described(reply, object)
                .header("Content-Length", Long.toString(object.content().length()));
    }

    Reply getObject(S3Request request) {
        StoredObject object = state.bucket(request.bucket()).object(request.key());
        verifyConditions(request, object);
        Content content = object.content();
        if (content.discarded()) {
            throw S3Error.notImplemented("reading where bodies are discarded");
        }
        String range = request.call().header("Range");
        if (range == null) {
            Reply whole = new Reply(200);
            if (request.call().header("x-amz-checksum-mode") != null) {
                summed(whole, content);
            }
            return slice(described(whole, object), content, 0, content.length());
        }
        ByteRange wanted = ByteRange.parse(range, content.length());
        Reply reply =
                described(new Reply(206), object)
                        .header(
                                "Content-Range",
                                "bytes "
                                        + wanted.first()
                                        + '-'
                                        + (wanted.end() - 1)
                                        + '/'
                                        + content.length());
        return slice(reply, content, wanted.first(), wanted.end());
    }

    Reply deleteObject(S3Request request) {
        state.bucket(request.bucket()).objects().remove(request.key());
        return new Reply(204);
    }

    static String quoted(Content content) {
        return '"' + content.etag() + '"';
    }

    private static void verifyConditions(S3Request request, StoredObject object) {
        String match = request.call().header("If-Match");
        if (match != null && !match.replace("\"", "").equals(object.content().etag())) {
            throw S3Error.preconditionFailed("If-Match");
        }
        for (String condition :
                new String[] {"If-None-Match", "If-Modified-Since", "If-Unmodified-Since"}) {
            if (request.call().header(condition) != null) {
                throw S3Error.notImplemented("reading with " + condition);
            }
        }
    }

    private static Reply described(Reply reply, StoredObject object) {
        for (Map.Entry<String, String> header : object.headers().entrySet()) {
            reply.header(header.getKey(), header.getValue());
        }
        return reply.header("ETag", quoted(object.content()))
                .header(
                        "Last-Modified",
                        HTTP_DATE.format(Instant.ofEpochMilli(object.modifiedMillis())))
                .header("Accept-Ranges", "bytes");
    }

    private static Reply slice(Reply reply, Content content, long first, long end) {
        long at = 0;
        for (byte[] piece : content.pieces()) {
            long from = Math.max(first, at);
            long to = Math.min(end, at + piece.length);
            if (from < to) {
                reply.body(piece, (int) (from - at), (int) (to - from));
            }
            at += piece.length;
        }
        return reply;
    }

    /** The bytes from {@code first} up to, not including, {@code end}. */
    private record ByteRange(long first, long end) {

        static ByteRange parse(String header, long length) {
            int dash = header.indexOf('-');
            if (!header.startsWith("bytes=") || dash < 0 || header.contains(",")) {
                throw S3Error.notImplemented("the range " + header);
            }
            String from = header.substring("bytes=".length(), dash);
            String to = header.substring(dash + 1);
            long first;
            long end = length;
            if (from.isEmpty()) {
                first = Math.max(0, length - Long.parseLong(to));
            } else {
                first = Long.parseLong(from);
                end = to.isEmpty() ? length : Math.min(length, Long.parseLong(to) + 1);
            }
            if (first >= end) {
                throw new S3Error(
                        416,
                        "InvalidRange",
                        "The requested range is not satisfiable: " + header + " of " + length);
            }
            return new ByteRange(first, end);
        }
    }
}
