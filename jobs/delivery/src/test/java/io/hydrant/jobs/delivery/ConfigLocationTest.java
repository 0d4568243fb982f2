package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.localstack.fakes.s3.FakeS3;
import io.hydrant.s3.store.S3ObjectStore;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigLocationTest {

    @TempDir private Path folder;

    private final Problems problems = new Problems();

    @Test
    void readsAFileByPathAndByUri() throws IOException {
        Path file = Files.writeString(folder.resolve("ü.json"), "{\"ä\": 1}");

        assertThat(read(file.toString())).isEqualTo("{\"ä\": 1}");
        assertThat(read(file.toUri().toString())).isEqualTo("{\"ä\": 1}");
    }

    @Test
    void saysThatAFileDoesNotExist() {
        String absent = folder.resolve("absent.json").toString();

        assertThat(read(absent)).isNull();
        assertThat(problems.all()).containsExactly("--config: " + absent + " does not exist");
    }

    @Test
    void saysThatAFileIsNoText() throws IOException {
        Path file = Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, 1});

        assertThat(read(file.toString())).isNull();
        assertThat(problems.all()).containsExactly("--config: " + file + " is not text in UTF-8");
    }

    @Test
    void saysThatAFileIsTooLarge() throws IOException {
        Path file = Files.write(folder.resolve("large"), new byte[4 * 1024 * 1024 + 1]);

        assertThat(read(file.toString())).isNull();
        assertThat(problems.all())
                .containsExactly("--config: " + file + " has more than 4194304 bytes");
    }

    @Test
    void saysWhyAFolderCannotBeRead() {
        assertThat(read(folder.toString())).isNull();
        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith("--config: " + folder + " cannot be read: ");
    }

    @Test
    void saysWhatAnS3AddressLooksLike() {
        assertThat(read("s3://bucket")).isNull();
        assertThat(problems.all())
                .containsExactly(
                        "--config: s3://bucket cannot be read: it must look like s3://bucket/key");
    }

    @Test
    void readsAnObjectWhereTheOptionsSayThatS3Is() throws IOException {
        try (FakeS3 s3 = FakeS3.start()) {
            TestS3.put(s3, "configs", "a/stream.json", "{}");

            assertThat(read("s3://configs/a/stream.json", TestS3.options(s3))).isEqualTo("{}");
            assertThat(read("s3://configs/b.json", TestS3.options(s3))).isNull();
            assertThat(problems.all())
                    .containsExactly("--config: s3://configs/b.json does not exist");
        }
    }

    /** The SDK lists all the places where it looked, and what was wrong with each. */
    @ParameterizedTest
    @CsvSource({
        "'Unable to load region from any of the providers in the chain A@1: [B@2: no]', 'no AWS region is known; set AWS_REGION, or --set aws.region=REGION'",
        "'Unable to load credentials from any of the providers in the chain A: [B: no]', 'there are no AWS credentials; set AWS_ACCESS_KEY_ID and'",
        "'Unable to execute HTTP request', 'Unable to execute HTTP request'",
    })
    void saysWhatToSetForS3(String ofSdk, String said) {
        new ConfigLocation(
                        (aws, store) -> {
                            throw SdkClientException.create(ofSdk);
                        })
                .read("--config", "s3://configs/a.json", new Configuration(), problems);

        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith("--config: s3://configs/a.json cannot be read: " + said)
                .doesNotContain("[B");
    }

    private String read(String location) {
        return read(location, new Configuration());
    }

    private String read(String location, Configuration aws) {
        return new ConfigLocation(S3ObjectStore::connect).read("--config", location, aws, problems);
    }
}
