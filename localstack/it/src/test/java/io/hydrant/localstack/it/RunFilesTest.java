package io.hydrant.localstack.it;

import io.hydrant.localstack.harness.LocalStack;

import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the files by which Hydrant is run elsewhere, on Kubernetes and with Docker, to the versions
 * of this build, to each other and to the schema of Flink's operator.
 */
class RunFilesTest {

    private static final Path ROOT = ProjectFolder.root();
    private static final Path KUBERNETES = ROOT.resolve("infra/kubernetes");

    @Test
    void theDeploymentFitsTheSchemaOfTheOperator() throws IOException {
        Map<String, Object> deployment = yaml(KUBERNETES.resolve("delivery.yaml"));

        assertThat(deployment)
                .containsEntry("apiVersion", "flink.apache.org/v1beta1")
                .containsEntry("kind", "FlinkDeployment");
        // The newest schema on Maven Central is of operator 1.10, which knows no Flink 2.
        assertThat(problems(deployment))
                .containsExactly(
                        "spec.flinkVersion is v2_3, not one of [v1_13, v1_14, v1_15, v1_16, v1_17, v1_18, v1_19, v1_20]");
    }

    @Test
    void aFieldThatTheOperatorDoesNotKnowIsFound() throws IOException {
        Map<String, Object> deployment = yaml(KUBERNETES.resolve("delivery.yaml"));
        Map<String, Object> job = map(map(deployment, "spec"), "job");
        job.put("savepoint", "s3://b/s");
        job.put("parallelism", "two");

        assertThat(problems(deployment))
                .contains(
                        "spec.job.savepoint is not a field",
                        "spec.job.parallelism is two, not of type integer");
    }

    @Test
    void theDeploymentRunsTheJarOfTheImageWithTheConfigurationOfTheConfigMap() throws Exception {
        Map<String, Object> spec = map(yaml(KUBERNETES.resolve("delivery.yaml")), "spec");
        Map<String, Object> job = map(spec, "job");
        String dockerfile = Files.readString(ROOT.resolve("Dockerfile"));

        assertThat(job.get("jarURI")).isEqualTo("local:///opt/flink/usrlib/hydrant-delivery.jar");
        assertThat(dockerfile)
                .contains("/src/jobs/delivery/target/hydrant-delivery.jar /opt/flink/usrlib/");
        assertThat(Class.forName(job.get("entryClass").toString())).isNotNull();
        assertThat(job.get("args"))
                .isEqualTo(List.of("--config", "/opt/hydrant/config/stream.json"));
        Map<String, Object> pod = map(map(spec, "podTemplate"), "spec");
        Map<?, ?> volume = (Map<?, ?>) ((List<?>) pod.get("volumes")).get(0);
        Map<?, ?> generator =
                (Map<?, ?>)
                        ((List<?>)
                                        yaml(KUBERNETES.resolve("kustomization.yaml"))
                                                .get("configMapGenerator"))
                                .get(0);
        assertThat(((Map<?, ?>) volume.get("configMap")).get("name"))
                .isEqualTo(generator.get("name"));
        assertThat(generator.get("files")).isEqualTo(List.of("stream.json"));
    }

    @Test
    void kustomizeFindsEveryFileAndEveryAccountIsThere() throws IOException {
        Map<String, Object> kustomization = yaml(KUBERNETES.resolve("kustomization.yaml"));
        List<Object> files = new ArrayList<>((List<?>) kustomization.get("resources"));
        files.addAll((List<?>) kustomization.get("configurations"));

        assertThat(files)
                .allSatisfy(file -> assertThat(KUBERNETES.resolve(file.toString())).exists());
        List<Object> accounts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(KUBERNETES.resolve("access.yaml"))) {
            for (Object document : new Yaml().loadAll(in)) {
                Map<?, ?> resource = (Map<?, ?>) document;
                if ("ServiceAccount".equals(resource.get("kind"))) {
                    accounts.add(((Map<?, ?>) resource.get("metadata")).get("name"));
                }
            }
        }
        assertThat(accounts)
                .containsExactly(
                        map(yaml(KUBERNETES.resolve("delivery.yaml")), "spec")
                                .get("serviceAccount"));
    }

    @ParameterizedTest
    @CsvSource({"localstack", "jobmanager", "taskmanager", "sql-client"})
    void composeRunsTheVersionsOfThisBuild(String service) throws IOException {
        Map<String, Object> compose = yaml(ROOT.resolve("compose.yaml"));
        Map<String, Object> services = map(compose, "services");

        assertThat(services).containsKey(service);
        assertThat(map(services, service).get("image"))
                .isEqualTo(
                        service.equals("localstack")
                                ? "localstack/localstack:" + LocalStack.VERSION
                                : "hydrant:0.1.0");
        if (map(services, service).get("depends_on") instanceof List<?> needed) {
            assertThat(services.keySet())
                    .containsAll(needed.stream().map(Object::toString).toList());
        }
    }

    @Test
    void theImageHasTheFlinkOfThisBuildAndItsJarsComeFromTheBuildStage() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("Dockerfile"));

        assertThat(lines).contains("ARG FLINK_VERSION=" + EnvironmentInformation.getVersion());
        List<String> copied =
                lines.stream()
                        .filter(line -> line.startsWith("COPY --from=build /src/"))
                        .flatMap(line -> List.of(line.split(" ")).stream())
                        .filter(word -> word.startsWith("/src/"))
                        .map(word -> word.substring("/src/".length()))
                        .toList();
        assertThat(copied).hasSize(6);
        for (String file : copied) {
            // What is built lies in the target folder of a module.
            Path module = ROOT.resolve(file.replaceFirst("/?target/.*", ""));
            assertThat(module).as(file).exists();
        }
    }

    private static List<String> problems(Map<String, Object> deployment) throws IOException {
        try (InputStream in =
                RunFilesTest.class.getResourceAsStream(
                        "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
            Map<String, Object> definition = new Yaml().load(in);
            Map<?, ?> version =
                    (Map<?, ?>) ((List<?>) map(definition, "spec").get("versions")).get(0);
            Map<?, ?> schema =
                    (Map<?, ?>) ((Map<?, ?>) version.get("schema")).get("openAPIV3Schema");
            Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) schema.get("properties")).get("spec");
            return StructuralSchema.problems(spec, deployment.get("spec"), "spec");
        }
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Yaml().load(in);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.get(key);
    }
}
