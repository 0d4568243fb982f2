package io.hydrant.s3.store;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What delivery counts on in a store. The store of the other tests and the real one are held to the
 * same, so that those tests mean something.
 */
abstract class ObjectStoreContract {

    private static final int PART = 5 * 1024 * 1024;
    private static final String KEY = "2023/11/14/22/object";

    /** A store that is opened anew for each test, and closed by it. */
    abstract ObjectStore open();

    /** A bucket that is there, and empty before each test. */
    abstract String bucket();

    /** More objects than a page of the store's listings holds. */
    abstract int moreThanAPage();

    @Test
    void putsAnObjectOnce() throws Exception {
        try (ObjectStore store = open()) {
            assertThat(store.putIfAbsent(bucket(), KEY, "id", new byte[] {1, 2})).isTrue();
            assertThat(store.putIfAbsent(bucket(), KEY, "other", new byte[] {3})).isFalse();

            assertThat(store.head(bucket(), KEY)).isEqualTo(new StoredObject(2, "id"));
            assertThat(content(store)).containsExactly(1, 2);
        }
    }

    @Test
    void listsUploadsUntilTheyAreAborted() {
        try (ObjectStore store = open()) {
            String first = store.createUpload(bucket(), "up/a", "id");
            String second = store.createUpload(bucket(), "up/b", "id");
            store.createUpload(bucket(), "other", "id");

            assertThat(store.uploads(bucket(), "up/", null).uploads())
                    .extracting(ListedUpload::key, ListedUpload::uploadId)
                    .containsExactly(tuple("up/a", first), tuple("up/b", second));

            store.abortUpload(bucket(), "up/a", first);
            store.abortUpload(bucket(), "up/a", first);
            UploadPage rest = store.uploads(bucket(), "up/", null);
            assertThat(rest.isLast()).isTrue();
            assertThat(rest.uploads()).extracting(ListedUpload::uploadId).containsExactly(second);
        }
    }

    @Test
    void takesAnObjectOfNoBytes() throws Exception {
        try (ObjectStore store = open()) {
            assertThat(store.putIfAbsent(bucket(), KEY, "id", new byte[0])).isTrue();

            assertThat(store.head(bucket(), KEY)).isEqualTo(new StoredObject(0, "id"));
            assertThat(content(store)).isEmpty();
        }
    }

    @Test
    void knowsWhatIsNotThere() {
        try (ObjectStore store = open()) {
            assertThat(store.head(bucket(), KEY)).isNull();
            assertThatExceptionOfType(NoSuchKeyException.class)
                    .isThrownBy(() -> store.get(bucket(), KEY));
        }
    }

    @Test
    void makesAnObjectOfTheNamedPartsThatShowsOnlyWhenItIsWhole() throws Exception {
        byte[] bytes = new byte[PART + 1000];
        new Random(1).nextBytes(bytes);
        try (ObjectStore store = open()) {
            String upload = store.createUpload(bucket(), KEY, "id");
            List<UploadedPart> parts = new ArrayList<>();
            // The numbers have a gap, and what comes late into the gap is not part of it.
            parts.add(upload(store, upload, 1, bytes, 0, PART));
            parts.add(upload(store, upload, 40, bytes, PART, 1000));
            upload(store, upload, 2, bytes, 0, PART);
            assertThat(store.head(bucket(), KEY)).isNull();
            assertThat(store.list(bucket(), "", null).objects()).isEmpty();

            store.completeUpload(bucket(), KEY, upload, parts);

            assertThat(store.head(bucket(), KEY)).isEqualTo(new StoredObject(bytes.length, "id"));
            assertThat(content(store)).isEqualTo(bytes);
        }
    }

    @Test
    void aPartReplacesTheOneOfItsNumber() throws Exception {
        try (ObjectStore store = open()) {
            String upload = store.createUpload(bucket(), KEY, "id");
            upload(store, upload, 1, new byte[] {1}, 0, 1);
            UploadedPart second = upload(store, upload, 1, new byte[] {2}, 0, 1);

            store.completeUpload(bucket(), KEY, upload, List.of(second));

            assertThat(content(store)).containsExactly(2);
        }
    }

    @Test
    void anUploadIsGoneOnceItIsComplete() {
        try (ObjectStore store = open()) {
            String upload = store.createUpload(bucket(), KEY, "id");
            List<UploadedPart> parts = List.of(upload(store, upload, 1, new byte[] {1}, 0, 1));
            store.completeUpload(bucket(), KEY, upload, parts);

            assertThatExceptionOfType(NoSuchUploadException.class)
                    .isThrownBy(() -> upload(store, upload, 2, new byte[] {1}, 0, 1));
            assertThatExceptionOfType(NoSuchUploadException.class)
                    .isThrownBy(() -> store.completeUpload(bucket(), KEY, upload, parts));
        }
    }

    @Test
    void refusesPartsThatAreTooSmallOrNotThere() {
        try (ObjectStore store = open()) {
            String upload = store.createUpload(bucket(), KEY, "id");
            UploadedPart first = upload(store, upload, 1, new byte[] {1}, 0, 1);
            UploadedPart second = upload(store, upload, 2, new byte[] {2}, 0, 1);

            assertRefused(store, upload, List.of(first, second), "EntityTooSmall");
            assertRefused(
                    store, upload, List.of(new UploadedPart(3, first.etag(), 1)), "InvalidPart");
        }
    }

    @Test
    void removesAnObjectAndBearsThatThereIsNone() {
        try (ObjectStore store = open()) {
            store.putIfAbsent(bucket(), KEY, "id", new byte[] {1});

            store.delete(bucket(), KEY);
            store.delete(bucket(), KEY);

            assertThat(store.head(bucket(), KEY)).isNull();
            assertThat(store.putIfAbsent(bucket(), KEY, "id", new byte[] {2})).isTrue();
        }
    }

    @Test
    void listsPageByPage() {
        try (ObjectStore store = open()) {
            List<String> expected =
                    IntStream.range(0, moreThanAPage())
                            .mapToObj(i -> String.format("listed/%05d", i))
                            .toList();
            expected.forEach(key -> store.putIfAbsent(bucket(), key, "id", new byte[] {1}));
            store.putIfAbsent(bucket(), "other", "id", new byte[] {1});

            ObjectPage first = store.list(bucket(), "listed/", null);
            List<String> found =
                    new ArrayList<>(first.objects().stream().map(ListedObject::key).toList());
            assertThat(first.isLast()).isFalse();
            ObjectPage second = store.list(bucket(), "listed/", found.get(found.size() - 1));
            second.objects().forEach(object -> found.add(object.key()));

            assertThat(second.isLast()).isTrue();
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void saysWhetherTheBucketIsThere() {
        try (ObjectStore store = open()) {
            store.checkBucket(bucket());

            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> store.checkBucket(bucket() + "-missing"))
                    .satisfies(
                            failure ->
                                    assertThat(
                                                    S3FailureMessage.of(
                                                            S3Action.CHECK_BUCKET,
                                                            "b",
                                                            null,
                                                            failure))
                                            .contains("There is no bucket 'b' there"));
        }
    }

    private void assertRefused(
            ObjectStore store, String upload, List<UploadedPart> parts, String code) {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> store.completeUpload(bucket(), KEY, upload, parts))
                .satisfies(failure -> assertThat(S3Classifier.code(failure)).isEqualTo(code));
    }

    private UploadedPart upload(
            ObjectStore store, String upload, int number, byte[] bytes, int offset, int length) {
        String etag = store.uploadPart(bucket(), KEY, upload, number, bytes, offset, length);
        return new UploadedPart(number, etag, length);
    }

    private byte[] content(ObjectStore store) throws Exception {
        try (InputStream content = store.get(bucket(), KEY)) {
            return content.readAllBytes();
        }
    }
}
