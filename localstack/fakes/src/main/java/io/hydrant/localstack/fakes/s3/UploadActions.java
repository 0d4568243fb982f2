package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Reply;

import org.w3c.dom.Element;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The actions on multipart uploads. */
final class UploadActions {

    private static final int MOST_PARTS = 10_000;
    private static final int MOST_LISTED = 1000;

    private final S3State state;

    UploadActions(S3State state) {
        this.state = state;
    }

    Reply create(S3Request request) {
        Bucket bucket = state.bucket(request.bucket());
        String id = String.format("upload-%016x", state.uploadNumber.incrementAndGet());
        bucket.uploads()
                .put(
                        id,
                        new Upload(
                                id,
                                request.key(),
                                request.keptHeaders(),
                                UploadChecksum.of(request),
                                state.clock.millis()));
        return S3Service.xml(
                200,
                Xml.document("InitiateMultipartUploadResult")
                        .element("Bucket", request.bucket())
                        .element("Key", request.key())
                        .element("UploadId", id));
    }

    Reply uploadPart(S3Request request) throws IOException {
        Upload upload = upload(request);
        int number = request.integer("partNumber", 1, MOST_PARTS, 0);
        Content content = state.bodies.content(request.call());
        upload.put(number, content, state.clock.millis());
        return ObjectActions.summed(
                new Reply(200).header("ETag", ObjectActions.quoted(content)), content);
    }

    Reply complete(S3Request request) throws IOException {
        Upload upload = upload(request);
        List<Upload.NamedPart> named = new ArrayList<>();
        Element root = Xml.read(state.bodies.document(request.call()), "CompleteMultipartUpload");
        for (Element part : Xml.children(root, "Part")) {
            String number = Xml.childText(part, "PartNumber");
            String etag = Xml.childText(part, "ETag");
            if (number == null || etag == null) {
                throw S3Error.malformedXml("A part needs PartNumber and ETag");
            }
            String sum =
                    upload.checksum() == null
                            ? null
                            : Xml.childText(part, upload.checksum().element());
            named.add(new Upload.NamedPart(Integer.parseInt(number), etag.replace("\"", ""), sum));
        }
        Bucket bucket = state.bucket(request.bucket());
        Content whole = upload.assemble(named);
        String announced = request.call().header("x-amz-mp-object-size");
        if (announced != null && Long.parseLong(announced) != whole.length()) {
            throw S3Error.invalidArgument(
                    "The object size "
                            + announced
                            + " is not that of the parts, "
                            + whole.length());
        }
        synchronized (upload) {
            // Whoever comes second finds the upload gone, as at the service.
            upload(request);
            bucket.put(
                    request.key(),
                    new StoredObject(whole, upload.headers(), state.clock.millis()),
                    request.onlyIfAbsent());
            bucket.uploads().remove(upload.id());
        }
        return S3Service.xml(
                200,
                Xml.document("CompleteMultipartUploadResult")
                        .element("Location", '/' + request.bucket() + '/' + request.key())
                        .element("Bucket", request.bucket())
                        .element("Key", request.key())
                        .element("ETag", ObjectActions.quoted(whole)));
    }

    Reply abort(S3Request request) {
        Upload upload = upload(request);
        state.bucket(request.bucket()).uploads().remove(upload.id());
        return new Reply(204);
    }

    Reply listParts(S3Request request) {
        Upload upload = upload(request);
        int after = request.integer("part-number-marker", 0, MOST_PARTS, 0);
        int limit = request.integer("max-parts", 1, MOST_LISTED, MOST_LISTED);
        List<Map.Entry<Integer, StoredObject>> rest =
                List.copyOf(upload.parts().tailMap(after, false).entrySet());
        List<Map.Entry<Integer, StoredObject>> shown =
                rest.subList(0, Math.min(limit, rest.size()));
        boolean more = rest.size() > shown.size();
        Xml xml =
                Xml.document("ListPartsResult")
                        .element("Bucket", request.bucket())
                        .element("Key", upload.key())
                        .element("UploadId", upload.id())
                        .element("PartNumberMarker", after)
                        .element("MaxParts", limit)
                        .element("IsTruncated", more);
        if (more) {
            xml.element("NextPartNumberMarker", shown.get(shown.size() - 1).getKey());
        }
        for (Map.Entry<Integer, StoredObject> part : shown) {
            Content content = part.getValue().content();
            xml.start("Part")
                    .element("PartNumber", part.getKey())
                    .element("LastModified", Instant.ofEpochMilli(part.getValue().modifiedMillis()))
                    .element("ETag", ObjectActions.quoted(content))
                    .element("Size", content.length())
                    .end();
        }
        return S3Service.xml(200, xml);
    }

    Reply listUploads(S3Request request) {
        String prefix = BucketActions.orEmpty(request.parameter("prefix"));
        String keyMarker = BucketActions.orEmpty(request.parameter("key-marker"));
        String idMarker = BucketActions.orEmpty(request.parameter("upload-id-marker"));
        int limit = request.integer("max-uploads", 1, MOST_LISTED, MOST_LISTED);
        UnaryOperator<String> encoding = BucketActions.encoding(request);
        List<Upload> rest =
                state.bucket(request.bucket()).uploads().values().stream()
                        .filter(upload -> upload.key().startsWith(prefix))
                        .filter(upload -> isAfter(upload, keyMarker, idMarker))
                        .sorted(
                                Comparator.comparing(Upload::key, Bucket.KEY_ORDER)
                                        .thenComparing(Upload::id))
                        .toList();
        List<Upload> shown = rest.subList(0, Math.min(limit, rest.size()));
        boolean more = rest.size() > shown.size();
        Xml xml =
                Xml.document("ListMultipartUploadsResult")
                        .element("Bucket", request.bucket())
                        .element("KeyMarker", encoding.apply(keyMarker))
                        .element("UploadIdMarker", idMarker)
                        .element("MaxUploads", limit)
                        .element("IsTruncated", more);
        if (request.has("encoding-type")) {
            xml.element("EncodingType", "url");
        }
        if (more) {
            Upload last = shown.get(shown.size() - 1);
            xml.element("NextKeyMarker", encoding.apply(last.key()));
            xml.element("NextUploadIdMarker", last.id());
        }
        for (Upload upload : shown) {
            xml.start("Upload")
                    .element("Key", encoding.apply(upload.key()))
                    .element("UploadId", upload.id())
                    .element("StorageClass", "STANDARD")
                    .element("Initiated", Instant.ofEpochMilli(upload.initiatedMillis()))
                    .end();
        }
        return S3Service.xml(200, xml);
    }

    private static boolean isAfter(Upload upload, String keyMarker, String idMarker) {
        int order = Bucket.KEY_ORDER.compare(upload.key(), keyMarker);
        return order > 0
                || (order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0);
    }

    private Upload upload(S3Request request) {
        return state.bucket(request.bucket()).upload(request.parameter("uploadId"), request.key());
    }
}
