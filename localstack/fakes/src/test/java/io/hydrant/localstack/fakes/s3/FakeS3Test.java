package io.hydrant.localstack.fakes.s3;

import io.hydrant.localstack.fakes.http.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Speaks to the fake with Amazon's own client, whose parsers are as strict as any user's. */
class FakeS3Test {

    private static final String BUCKET = "landing";
    private static final int PART = 5 * 1024 * 1024;

    private FakeS3 fake;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        fake = FakeS3.start();
        client = client(fake);
        client.createBucket(r -> r.bucket(BUCKET));
    }

    @AfterEach
    void stop() {
        client.close();
        fake.close();
    }

    @Test
    void givesBackAnObjectWithWhatItsWriterSaidAboutIt() {
        byte[] bytes = random(100_000);
        String key = "a b/ü+%2B&<x>/object.gz";
        client.putObject(
                r ->
                        r.bucket(BUCKET)
                                .key(key)
                                .contentType("application/json")
                                .contentEncoding("gzip")
                                .metadata(Map.of("hydrant-identity", "shard/1-2")),
                RequestBody.fromBytes(bytes));

        var answer = client.getObjectAsBytes(r -> r.bucket(BUCKET).key(key));
        assertThat(answer.asByteArray()).isEqualTo(bytes);
        HeadObjectResponse head = client.headObject(r -> r.bucket(BUCKET).key(key));
        assertThat(head.contentLength()).isEqualTo(100_000);
        assertThat(head.contentType()).isEqualTo("application/json");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.metadata()).containsExactly(Map.entry("hydrant-identity", "shard/1-2"));
        assertThat(head.eTag()).isEqualTo(answer.response().eTag());
        assertThat(fake.keys(BUCKET)).containsExactly(key);
        assertThat(fake.content(BUCKET, key)).isEqualTo(bytes);
    }

    @Test
    void takesAStreamedBodyWithATrailingChecksum() {
        byte[] bytes = random(300_000);
        client.putObject(
                r -> r.bucket(BUCKET).key("k"),
                RequestBody.fromContentProvider(
                        () -> new ByteArrayInputStream(bytes),
                        bytes.length,
                        "application/octet-stream"));
        assertThat(fake.content(BUCKET, "k")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "SHA1", "SHA256"})
    void verifiesTheChecksumThatTheCallerChose(ChecksumAlgorithm algorithm) {
        byte[] bytes = random(1000);
        client.putObject(
                r -> r.bucket(BUCKET).key("k").checksumAlgorithm(algorithm),
                RequestBody.fromBytes(bytes));
        assertThat(fake.content(BUCKET, "k")).isEqualTo(bytes);
    }

    @Test
    void knowsThePublishedCheckValuesOfItsSums() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(digits, 0, digits.length);
        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);

        Checksum crc32 = Checksum.of("x-amz-checksum-crc32");
        crc32.update(digits, 0, digits.length);
        assertThatThrownBy(() -> crc32.verify("AAAAAA=="))
                .isInstanceOf(S3Error.class)
                .hasMessageContaining("you specified was AAAAAA==, but it is y/Q5Jg==");
    }

    @Test
    void refusesABodyThatDoesNotFitItsChecksum() throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri("/landing/k"))
                                        .header("x-amz-checksum-crc32", "AAAAAA==")
                                        .PUT(HttpRequest.BodyPublishers.ofString("data"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>XAmzContentChecksumMismatch</Code>");
        assertThat(fake.keys(BUCKET)).isEmpty();
    }

    @Test
    void readsRanges() {
        put("k", "0123456789");

        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-2")).isEqualTo("89");
        assertThat(range("bytes=8-100")).isEqualTo("89");
        assertThatThrownBy(() -> range("bytes=10-12"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("not satisfiable");
    }

    @Test
    void writesOnlyWhereThereIsNothingIfAskedTo() {
        client.putObject(
                r -> r.bucket(BUCKET).key("k").ifNoneMatch("*"), RequestBody.fromString("first"));
        assertThatThrownBy(
                        () ->
                                client.putObject(
                                        r -> r.bucket(BUCKET).key("k").ifNoneMatch("*"),
                                        RequestBody.fromString("second")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("pre-conditions you specified did not hold");
        assertThat(fake.content(BUCKET, "k")).asString().isEqualTo("first");
        put("k", "third");
        assertThat(fake.content(BUCKET, "k")).asString().isEqualTo("third");
    }

    @Test
    void listsByPrefixAndDelimiterPageByPage() {
        for (String key : List.of("a/1", "a/2", "b/x/1", "b/x/2", "b/y/1", "b/z", "c ü")) {
            put(key, key);
        }

        assertThat(list("", 2))
                .containsExactly("a/1", "a/2", "b/x/1", "b/x/2", "b/y/1", "b/z", "c ü");
        assertThat(list("b/", 1000)).containsExactly("b/x/1", "b/x/2", "b/y/1", "b/z");
        ListObjectsV2Response first =
                client.listObjectsV2(r -> r.bucket(BUCKET).prefix("b/").delimiter("/").maxKeys(2));
        assertThat(first.commonPrefixes())
                .extracting(common -> common.prefix())
                .containsExactly("b/x/", "b/y/");
        assertThat(first.isTruncated()).isTrue();
        ListObjectsV2Response second =
                client.listObjectsV2(
                        r ->
                                r.bucket(BUCKET)
                                        .prefix("b/")
                                        .delimiter("/")
                                        .continuationToken(first.nextContinuationToken()));
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("b/z");
        assertThat(second.commonPrefixes()).isEmpty();
        assertThat(second.isTruncated()).isFalse();
        assertThat(client.listObjectsV2(r -> r.bucket(BUCKET).startAfter("b/y/1")).contents())
                .extracting(S3Object::key)
                .containsExactly("b/z", "c ü");
    }

    @Test
    void listsInTheOrderOfUtf8() {
        String last = "\uD83D\uDE00";
        put(last, "x");
        put("\uFF5E", "x");
        assertThat(list("", 1000)).containsExactly("\uFF5E", last);
    }

    @Test
    void copiesAndDeletes() {
        client.putObject(
                r -> r.bucket(BUCKET).key("from +1").metadata(Map.of("a", "b")),
                RequestBody.fromString("x"));
        client.copyObject(
                r ->
                        r.sourceBucket(BUCKET)
                                .sourceKey("from +1")
                                .destinationBucket(BUCKET)
                                .destinationKey("to"));
        client.copyObject(
                r ->
                        r.sourceBucket(BUCKET)
                                .sourceKey("from +1")
                                .destinationBucket(BUCKET)
                                .destinationKey("bare")
                                .metadataDirective(MetadataDirective.REPLACE));
        assertThat(client.headObject(r -> r.bucket(BUCKET).key("to")).metadata())
                .containsEntry("a", "b");
        assertThat(client.headObject(r -> r.bucket(BUCKET).key("bare")).metadata()).isEmpty();

        client.deleteObject(r -> r.bucket(BUCKET).key("from +1"));
        client.deleteObject(r -> r.bucket(BUCKET).key("never there"));
        assertThat(
                        client.deleteObjects(
                                        r ->
                                                r.bucket(BUCKET)
                                                        .delete(
                                                                d ->
                                                                        d.objects(
                                                                                ObjectIdentifier
                                                                                        .builder()
                                                                                        .key("to")
                                                                                        .build())))
                                .deleted())
                .hasSize(1);
        assertThat(fake.keys(BUCKET)).containsExactly("bare");
        assertThatThrownBy(() -> client.deleteBucket(r -> r.bucket(BUCKET)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void makesAnObjectOfPartsAtItsCompletionOnly() {
        String id =
                client.createMultipartUpload(
                                r -> r.bucket(BUCKET).key("k").metadata(Map.of("a", "b")))
                        .uploadId();
        byte[] first = random(PART);
        byte[] second = random(10);
        List<CompletedPart> parts = List.of(uploadPart(id, 1, first), uploadPart(id, 2, second));
        assertThat(fake.keys(BUCKET)).isEmpty();
        assertThat(fake.openUploads(BUCKET)).containsExactly("k");
        assertThat(client.listParts(r -> r.bucket(BUCKET).key("k").uploadId(id)).parts())
                .extracting(Part::size)
                .containsExactly((long) PART, 10L);

        complete(id, parts);
        byte[] whole = fake.content(BUCKET, "k");
        assertThat(whole).hasSize(PART + 10).startsWith(first).endsWith(second);
        HeadObjectResponse head = client.headObject(r -> r.bucket(BUCKET).key("k"));
        assertThat(head.metadata()).containsEntry("a", "b");
        assertThat(head.eTag()).endsWith("-2\"");
        assertThat(partialRead(PART - 1, PART)).containsExactly(first[PART - 1], second[0]);
        assertThat(fake.openUploads(BUCKET)).isEmpty();
        assertThatThrownBy(() -> complete(id, parts))
                .isInstanceOf(NoSuchUploadException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void holdsACompletionToTheRules() {
        String id = client.createMultipartUpload(r -> r.bucket(BUCKET).key("k")).uploadId();
        CompletedPart small = uploadPart(id, 1, random(PART - 1));
        CompletedPart last = uploadPart(id, 2, random(10));

        assertThatThrownBy(() -> complete(id, List.of(small, last)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("smaller than the minimum allowed size");
        assertThatThrownBy(() -> complete(id, List.of(last, small)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("not in ascending order");
        assertThatThrownBy(() -> complete(id, List.of(last.toBuilder().eTag(small.eTag()).build())))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("could not be found, or its entity tag is not");
        put("k", "in the way");
        assertThatThrownBy(
                        () ->
                                client.completeMultipartUpload(
                                        r ->
                                                r.bucket(BUCKET)
                                                        .key("k")
                                                        .uploadId(id)
                                                        .ifNoneMatch("*")
                                                        .multipartUpload(u -> u.parts(last))))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("did not hold");
        assertThat(fake.openUploads(BUCKET)).containsExactly("k");

        client.abortMultipartUpload(r -> r.bucket(BUCKET).key("k").uploadId(id));
        assertThatThrownBy(() -> uploadPart(id, 3, random(1)))
                .isInstanceOf(NoSuchUploadException.class)
                .hasMessageContaining(id);
        assertThatThrownBy(
                        () ->
                                client.abortMultipartUpload(
                                        r -> r.bucket(BUCKET).key("k").uploadId(id)))
                .isInstanceOf(NoSuchUploadException.class)
                .hasMessageContaining(id);
    }

    @Test
    void holdsPartsAndTheirCompletionToTheChecksumThatAnUploadWasBegunWith() {
        String id =
                client.createMultipartUpload(
                                r ->
                                        r.bucket(BUCKET)
                                                .key("k")
                                                .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                        .uploadId();

        assertThatThrownBy(() -> uploadPart(id, 1, random(3)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining(
                        "expected checksum Type: sha256, actual checksum Type: crc32");
        UploadPartResponse part = uploadSummedPart(id, 1);
        UploadPartResponse gap = uploadSummedPart(id, 3);
        assertThatThrownBy(() -> complete(id, List.of(completed(1, part.eTag(), null))))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("It was missing for part 1 in the request");
        assertThatThrownBy(() -> complete(id, List.of(completed(1, part.eTag(), "AAAA"))))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("The checksum of part 1 is not AAAA");
        assertThatThrownBy(
                        () -> complete(id, List.of(completed(3, gap.eTag(), gap.checksumSHA256()))))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("must be consecutive");

        complete(id, List.of(completed(1, part.eTag(), part.checksumSHA256())));
        HeadObjectResponse head =
                client.headObject(
                        r -> r.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumSHA256()).endsWith("-1");
        assertThat(head.checksumTypeAsString()).isEqualTo("COMPOSITE");
        assertThatThrownBy(
                        () ->
                                client.createMultipartUpload(
                                        r ->
                                                r.bucket(BUCKET)
                                                        .key("k")
                                                        .checksumAlgorithm(ChecksumAlgorithm.SHA1)
                                                        .checksumType(ChecksumType.FULL_OBJECT)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("cannot be used with the sha1 checksum algorithm");
    }

    private UploadPartResponse uploadSummedPart(String id, int number) {
        return client.uploadPart(
                r ->
                        r.bucket(BUCKET)
                                .key("k")
                                .uploadId(id)
                                .partNumber(number)
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                RequestBody.fromBytes(random(3)));
    }

    private static CompletedPart completed(int number, String etag, String sum) {
        return CompletedPart.builder().partNumber(number).eTag(etag).checksumSHA256(sum).build();
    }

    @Test
    void listsUnfinishedUploadsPageByPage() {
        for (String key : List.of("x/1", "x/2", "x/2", "y")) {
            client.createMultipartUpload(r -> r.bucket(BUCKET).key(key));
        }

        List<String> keys = new ArrayList<>();
        var page = client.listMultipartUploads(r -> r.bucket(BUCKET).prefix("x/").maxUploads(1));
        while (true) {
            page.uploads().stream().map(MultipartUpload::key).forEach(keys::add);
            if (!page.isTruncated()) {
                break;
            }
            var previous = page;
            page =
                    client.listMultipartUploads(
                            r ->
                                    r.bucket(BUCKET)
                                            .prefix("x/")
                                            .maxUploads(1)
                                            .keyMarker(previous.nextKeyMarker())
                                            .uploadIdMarker(previous.nextUploadIdMarker()));
        }
        assertThat(keys).containsExactly("x/1", "x/2", "x/2");
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> client.getObjectAsBytes(r -> r.bucket(BUCKET).key("none")))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("The specified key does not exist: none");
        assertThatThrownBy(() -> client.headObject(r -> r.bucket(BUCKET).key("none")))
                .isInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining("404");
        assertThatThrownBy(
                        () ->
                                client.putObject(
                                        r -> r.bucket("nowhere").key("k"),
                                        RequestBody.fromString("x")))
                .isInstanceOf(NoSuchBucketException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> client.headBucket(r -> r.bucket("nowhere")))
                .isInstanceOf(NoSuchBucketException.class)
                .hasMessageContaining("404");
        assertThatThrownBy(() -> client.createBucket(r -> r.bucket(BUCKET)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("You have this bucket already");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> client.getBucketLifecycleConfiguration(r -> r.bucket(BUCKET)))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("This fake does not implement");
        assertThatThrownBy(
                        () ->
                                client.putObject(
                                        r -> r.bucket(BUCKET).key("k").websiteRedirectLocation("/"),
                                        RequestBody.fromString("x")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("the header x-amz-website-redirect-location");
        assertThatThrownBy(
                        () ->
                                client.getObjectAsBytes(
                                        r -> r.bucket(BUCKET).key("k").versionId("1")))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("the parameter versionId");
    }

    @Test
    void losesAnAnswerAfterTheWorkIsDone() {
        fake.faults().next("PutObject", 1, Fault.dropAnswer());
        assertThatThrownBy(() -> put("k", "x"))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("failed to respond");
        assertThat(fake.keys(BUCKET)).containsExactly("k");

        fake.faults().next("*", 1, Fault.refuse(503, "SlowDown", "Reduce your request rate"));
        assertThatThrownBy(() -> put("other", "x"))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Reduce your request rate");
        assertThat(fake.keys(BUCKET)).containsExactly("k");
    }

    @Test
    void keepsLengthsButNoBodiesWhenTold() throws IOException {
        try (FakeS3 sink = FakeS3.start(0, true);
                S3Client writer = client(sink)) {
            writer.createBucket(r -> r.bucket(BUCKET));
            writer.putObject(r -> r.bucket(BUCKET).key("k"), RequestBody.fromBytes(random(1000)));

            assertThat(writer.headObject(r -> r.bucket(BUCKET).key("k")).contentLength())
                    .isEqualTo(1000);
            assertThatThrownBy(() -> writer.getObjectAsBytes(r -> r.bucket(BUCKET).key("k")))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("reading where bodies are discarded");
        }
    }

    private static S3Client client(FakeS3 fake) {
        return S3Client.builder()
                .endpointOverride(fake.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("anyone", "anything")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private URI uri(String path) {
        return URI.create(fake.endpoint() + path);
    }

    private void put(String key, String body) {
        client.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(body));
    }

    private String range(String range) {
        return client.getObjectAsBytes(r -> r.bucket(BUCKET).key("k").range(range)).asUtf8String();
    }

    private byte[] partialRead(int first, int last) {
        return client.getObjectAsBytes(
                        r -> r.bucket(BUCKET).key("k").range("bytes=" + first + '-' + last))
                .asByteArray();
    }

    private List<String> list(String prefix, int pageSize) {
        return client
                .listObjectsV2Paginator(r -> r.bucket(BUCKET).prefix(prefix).maxKeys(pageSize))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private CompletedPart uploadPart(String id, int number, byte[] bytes) {
        String etag =
                client.uploadPart(
                                r -> r.bucket(BUCKET).key("k").uploadId(id).partNumber(number),
                                RequestBody.fromBytes(bytes))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private void complete(String id, List<CompletedPart> parts) {
        client.completeMultipartUpload(
                r -> r.bucket(BUCKET).key("k").uploadId(id).multipartUpload(u -> u.parts(parts)));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
