package io.hydrant.launcher.deploy;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArtifactUploadTest {

    @TempDir private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void laysWhatIsNotThereYet() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "jar");
        Path config = Files.writeString(folder.resolve("orders.json"), "{}");
        JobArtifacts artifacts = JobArtifacts.of("s3://code/h", jar, config.toString(), "orders");
        try (FakeS3 fake = FakeS3.start();
                S3Client s3 =
                        AwsClients.create(
                                S3Client.builder().forcePathStyle(true),
                                AwsClientConfig.forEndpoint(
                                        fake.endpoint(), "eu-west-1", "key", "secret"))) {
            ArtifactUpload upload = new ArtifactUpload(s3, lines::add);
            assertThatThrownBy(() -> upload.lay(artifacts))
                    .hasMessage(
                            "--artifacts: there is no bucket code; make it first: aws s3 mb s3://code");
            s3.createBucket(request -> request.bucket("code"));
            lines.clear();

            upload.lay(artifacts);
            upload.lay(artifacts);

            String jarPlace = "s3://code/" + artifacts.jar().key();
            String configPlace = "s3://code/" + artifacts.config().key();
            assertThat(lines)
                    .containsExactly(
                            "laying 3 bytes into " + jarPlace + " …",
                            "laying 2 bytes into " + configPlace + " …",
                            jarPlace + " is there",
                            configPlace + " is there");
            assertThat(
                            s3.getObjectAsBytes(
                                            request ->
                                                    request.bucket("code")
                                                            .key(artifacts.jar().key()))
                                    .asUtf8String())
                    .isEqualTo("jar");
        }
    }
}
