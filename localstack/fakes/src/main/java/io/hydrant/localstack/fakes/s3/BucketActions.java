package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Reply;

import org.w3c.dom.Element;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The actions on buckets, and those on many objects. */
final class BucketActions {

    private static final int MAX_KEYS = 1000;
    private static final String NAME_PATTERN = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

    private final S3State state;

    BucketActions(S3State state) {
        this.state = state;
    }

    Reply createBucket(S3Request request) throws IOException {
        if (!request.bucket().matches(NAME_PATTERN)) {
            throw new S3Error(
                    400,
                    "InvalidBucketName",
                    "The specified bucket is not valid: " + request.bucket());
        }
        state.bodies.document(request.call());
        Bucket created = new Bucket(request.bucket(), state.clock.millis());
        if (state.buckets.putIfAbsent(request.bucket(), created) != null) {
            throw new S3Error(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "You have this bucket already: " + request.bucket());
        }
        return new Reply(200).header("Location", '/' + request.bucket());
    }

    Reply headBucket(S3Request request) {
        state.bucket(request.bucket());
        return new Reply(200).header("x-amz-bucket-region", "us-east-1");
    }

    Reply deleteBucket(S3Request request) {
        Bucket bucket = state.bucket(request.bucket());
        if (!bucket.objects().isEmpty()) {
            throw new S3Error(
                    409,
                    "BucketNotEmpty",
                    "The bucket you tried to delete is not empty: " + request.bucket());
        }
        state.buckets.remove(request.bucket());
        return new Reply(204);
    }

    Reply listBuckets(S3Request request) {
        Xml xml = Xml.document("ListAllMyBucketsResult").start("Buckets");
        for (Bucket bucket : state.buckets.values()) {
            xml.start("Bucket")
                    .element("Name", bucket.name())
                    .element("CreationDate", Instant.ofEpochMilli(bucket.createdMillis()))
                    .end();
        }
        return S3Service.xml(200, xml.end());
    }

    Reply listObjects(S3Request request) {
        Bucket bucket = state.bucket(request.bucket());
        String prefix = orEmpty(request.parameter("prefix"));
        String delimiter = orEmpty(request.parameter("delimiter"));
        int limit = request.integer("max-keys", 0, Integer.MAX_VALUE, MAX_KEYS);
        String token = request.parameter("continuation-token");
        String after = token == null ? request.parameter("start-after") : fromToken(token);
        UnaryOperator<String> encoding = encoding(request);

        Listing listing = Listing.of(bucket, prefix, delimiter, after, Math.min(limit, MAX_KEYS));
        Xml xml =
                Xml.document("ListBucketResult")
                        .element("Name", bucket.name())
                        .element("Prefix", encoding.apply(prefix))
                        .element("MaxKeys", Math.min(limit, MAX_KEYS))
                        .element("KeyCount", listing.objects.size() + listing.commonPrefixes.size())
                        .element("IsTruncated", listing.last != null);
        if (!delimiter.isEmpty()) {
            xml.element("Delimiter", encoding.apply(delimiter));
        }
        if (request.has("encoding-type")) {
            xml.element("EncodingType", "url");
        }
        if (token != null) {
            xml.element("ContinuationToken", token);
        }
        if (listing.last != null) {
            xml.element("NextContinuationToken", toToken(listing.last));
        }
        for (Map.Entry<String, StoredObject> entry : listing.objects) {
            StoredObject object = entry.getValue();
            xml.start("Contents")
                    .element("Key", encoding.apply(entry.getKey()))
                    .element("LastModified", Instant.ofEpochMilli(object.modifiedMillis()))
                    .element("ETag", '"' + object.content().etag() + '"')
                    .element("Size", object.content().length())
                    .element("StorageClass", "STANDARD")
                    .end();
        }
        for (String common : listing.commonPrefixes) {
            xml.start("CommonPrefixes").element("Prefix", encoding.apply(common)).end();
        }
        return S3Service.xml(200, xml);
    }

    Reply deleteObjects(S3Request request) throws IOException {
        Bucket bucket = state.bucket(request.bucket());
        Element root = Xml.read(state.bodies.document(request.call()), "Delete");
        List<Element> named = Xml.children(root, "Object");
        if (named.isEmpty() || named.size() > MAX_KEYS) {
            throw S3Error.malformedXml(
                    "Delete takes 1 to " + MAX_KEYS + " objects, but got " + named.size());
        }
        boolean quiet = "true".equals(Xml.childText(root, "Quiet"));
        Xml xml = Xml.document("DeleteResult");
        for (Element object : named) {
            String key = Xml.childText(object, "Key");
            if (key == null || Xml.childText(object, "VersionId") != null) {
                throw S3Error.notImplemented("deleting anything but a key");
            }
            bucket.objects().remove(key);
            if (!quiet) {
                xml.start("Deleted").element("Key", key).end();
            }
        }
        return S3Service.xml(200, xml);
    }

    static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    /** How keys are written in a listing: as they are, or escaped where the caller asks. */
    static UnaryOperator<String> encoding(S3Request request) {
        String type = request.parameter("encoding-type");
        if (type == null) {
            return UnaryOperator.identity();
        }
        if (!type.equals("url")) {
            throw S3Error.invalidArgument("encoding-type must be url, but is " + type);
        }
        return key -> URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private static String toToken(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String fromToken(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Error.invalidArgument("The continuation token provided is incorrect");
        }
    }

    /** One page of a listing; {@code last} is where the next one goes on, or null. */
    private record Listing(
            List<Map.Entry<String, StoredObject>> objects,
            TreeSet<String> commonPrefixes,
            String last) {

        static Listing of(Bucket bucket, String prefix, String delimiter, String after, int limit) {
            List<Map.Entry<String, StoredObject>> objects = new ArrayList<>();
            TreeSet<String> commonPrefixes = new TreeSet<>(Bucket.KEY_ORDER);
            String last = null;
            for (Map.Entry<String, StoredObject> entry :
                    bucket.objects().tailMap(prefix, true).entrySet()) {
                String key = entry.getKey();
                if (!key.startsWith(prefix)) {
                    break;
                }
                String shown = shown(key, prefix, delimiter);
                if (after != null
                        && (Bucket.KEY_ORDER.compare(key, after) <= 0
                                || (!shown.equals(key) && after.equals(shown)))) {
                    continue;
                }
                if (!shown.equals(key) && commonPrefixes.contains(shown)) {
                    continue;
                }
                if (objects.size() + commonPrefixes.size() >= limit) {
                    return new Listing(objects, commonPrefixes, last);
                }
                if (shown.equals(key)) {
                    objects.add(entry);
                } else {
                    commonPrefixes.add(shown);
                }
                last = shown;
            }
            return new Listing(objects, commonPrefixes, null);
        }

        /** The key itself, or the common prefix that stands for it. */
        private static String shown(String key, String prefix, String delimiter) {
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return cut < 0 ? key : key.substring(0, cut + delimiter.length());
        }
    }
}
