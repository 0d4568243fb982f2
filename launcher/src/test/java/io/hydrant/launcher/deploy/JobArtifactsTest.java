package io.hydrant.launcher.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JobArtifactsTest {

    @TempDir private Path folder;

    private Path jar;
    private Path config;
    private final ObjectNode runtime = new ObjectMapper().createObjectNode();

    @BeforeEach
    void write() throws IOException {
        jar = Files.writeString(folder.resolve("a.jar"), "jar");
        config = Files.writeString(folder.resolve("orders.json"), "{}");
    }

    @Test
    void namesWhatItLaysByItsContent() throws IOException {
        JobArtifacts first = artifacts("s3://code/hydrant");
        JobArtifacts again = artifacts("s3://code/hydrant/");
        Files.writeString(jar, "another jar");
        JobArtifacts changed = artifacts("s3://code/hydrant");

        assertThat(first).isEqualTo(again);
        assertThat(first.bucket()).isEqualTo("code");
        // From `printf jar | sha256sum`, as far as a key has it.
        assertThat(first.jar().key()).isEqualTo("hydrant/hydrant-delivery-0163f1eea7894350.jar");
        assertThat(first.config().key()).isEqualTo("hydrant/orders-44136fa355b3678a.json");
        assertThat(changed.jar().key()).isNotEqualTo(first.jar().key());
        assertThat(changed.config().key()).isEqualTo(first.config().key());
        assertThat(artifacts("s3://code").config().key()).startsWith("orders-");
    }

    @Test
    void saysWhereTheyAreAndLeavesTheRestOfTheRuntime() throws IOException {
        runtime.put("parallelism", 4);
        JobArtifacts artifacts = artifacts("s3://code");

        artifacts.describe(runtime);
        JobArtifacts.assign(
                List.of("source.init.position = LATEST", "redshift.secret-arn=arn:aws:x"), runtime);

        assertThat(runtime)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"parallelism": 4, "codeBucket": "code", "codeKey": "%s", "configKey": "%s",
                                         "properties": {"source.init.position": "LATEST", "redshift.secret-arn": "arn:aws:x"}}
                                        """
                                                .formatted(
                                                        artifacts.jar().key(),
                                                        artifacts.config().key())));
    }

    @Test
    void refusesWhatInfraSaysToo() throws IOException {
        runtime.put("codeKey", "mine.jar");
        JobArtifacts artifacts = artifacts("s3://code");

        assertThatThrownBy(() -> artifacts.describe(runtime))
                .hasMessage(
                        "--infra has delivery.runtime.codeKey, which --artifacts says; leave out one of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redshift.password=x",
                "RedshiftDestinationConfiguration.Password=x",
                "aws.credentials.basic.secretkey=x",
                "aws.credentials.basic.accesskeyid=x"
            })
    void showsNoSecretInATemplate(String assignment) {
        assertThatThrownBy(() -> JobArtifacts.assign(List.of(assignment), runtime))
                .hasMessageContaining("--set " + assignment.substring(0, assignment.length() - 2))
                .hasMessageContaining("Secrets Manager");
        assertThat(runtime.path("properties")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "s3://", "s3://Code/a", "s3://code/a b", "s3://code/*"})
    void refusesWhatIsNoPlaceInS3(String place) {
        assertThatThrownBy(() -> artifacts(place))
                .hasMessage("--artifacts is " + place + "; give s3://BUCKET or s3://BUCKET/PREFIX");
    }

    @Test
    void saysHowToBuildAJarThatIsNotThere() throws IOException {
        Files.delete(jar);

        assertThatThrownBy(() -> artifacts("s3://code"))
                .hasMessageContaining("There is no " + jar)
                .hasMessageContaining("./mvnw");
    }

    @Test
    void laysCopiesOfFilesOnly() {
        assertThatThrownBy(() -> JobArtifacts.of("s3://code", jar, "s3://a/b.json", "orders"))
                .hasMessageContaining("--config is s3://a/b.json");
    }

    private JobArtifacts artifacts(String place) throws IOException {
        return JobArtifacts.of(place, jar, config.toString(), "orders");
    }
}
