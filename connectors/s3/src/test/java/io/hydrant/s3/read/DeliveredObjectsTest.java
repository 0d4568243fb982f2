package io.hydrant.s3.read;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.CompressionLevel;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.S3Calls;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveredObjectsTest {

    private final MemoryStore store = new MemoryStore("bucket");
    private final DeliveredObjects objects =
            new DeliveredObjects(
                    store, new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM), "bucket");

    @Test
    void listsAllPagesOfAPrefix() throws Exception {
        for (int i = 0; i < 350; i++) {
            store.putIfAbsent("bucket", String.format("data/%03d", i), "id", new byte[i]);
            store.putIfAbsent("bucket", String.format("other/%03d", i), "id", new byte[i]);
        }

        List<String> keys = new ArrayList<>();
        long count = objects.forEach("data/", object -> keys.add(object.key()));

        assertThat(count).isEqualTo(350);
        assertThat(keys).hasSize(350).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void readsAllMembersOfAnObjectOverANetworkThatNeverKnowsOfTheNextByte() throws Exception {
        store.putIfAbsent("bucket", "key", "id", members("one\n", "two\n", "three\n"));

        try (InputStream content = objects.open("key", Compression.GZIP)) {
            assertThat(content).hasContent("one\ntwo\nthree\n");
        }
    }

    @Test
    void readsPlainObjectsAsTheyAreEvenIfTheyLookCompressed() throws Exception {
        byte[] content = members("one\n");
        store.putIfAbsent("bucket", "key", "id", content);

        try (InputStream stored = objects.open("key", Compression.UNCOMPRESSED)) {
            assertThat(stored.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void readsCompressedObjectsByWhatTheyLookLike() throws Exception {
        store.putIfAbsent("bucket", "key", "id", members("one\n", "two\n"));

        try (InputStream content = objects.openCompressed("key")) {
            assertThat(content).hasContent("one\ntwo\n");
        }
    }

    @Test
    void saysWhichObjectIsNotWhatItShouldBe() {
        store.putIfAbsent("bucket", "key", "id", "plain".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> objects.open("key", Compression.GZIP))
                .isInstanceOf(ZipException.class)
                .hasMessage("s3://bucket/key is not compressed as GZIP");
    }

    private static byte[] members(String... contents) {
        GrowingBytes out = new GrowingBytes(0);
        try (BlockCodec codec = Compression.GZIP.codec(CompressionLevel.DEFAULT)) {
            for (String content : contents) {
                byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                codec.encode(bytes, 0, bytes.length, out);
            }
        }
        return out.toByteArray();
    }
}
