package io.hydrant.launcher.deploy;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The resources of a delivery on Kubernetes: those of {@code infra/kubernetes}, with the names of
 * one delivery.
 *
 * <p>The configuration is a Secret, for it may have passwords in it, and its name ends with a
 * checksum: another configuration is another deployment, to which Flink's operator goes by a
 * savepoint.
 */
final class KubernetesManifests {

    static final String FILE = "stream.json";

    private static final String OWN_STATE = "s3://my-bucket/flink";
    private static final int CHECKSUM_DIGITS = 10;

    private final Path folder;
    private final KubernetesSettings settings;

    /**
     * Resources that are made of templates.
     *
     * @param folder {@code infra/kubernetes} of the checkout
     */
    KubernetesManifests(Path folder, KubernetesSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** All of them, to be applied. */
    String text() throws IOException {
        return text(settings.configuration());
    }

    /** All of them, to be shown: without what the configuration says. */
    String shown() throws IOException {
        return text(
                "# "
                        + settings.configuration().getBytes(StandardCharsets.UTF_8).length
                        + " bytes, not shown\n");
    }

    private String text(String configuration) throws IOException {
        List<Object> resources = new ArrayList<>();
        resources.add(secret(configuration));
        for (Map<String, Object> resource : read("access.yaml")) {
            resources.add(access(resource));
        }
        for (Map<String, Object> resource : read("delivery.yaml")) {
            resources.add(deployment(resource));
        }
        if (settings.podMonitor()) {
            for (Map<String, Object> resource : read("pod-monitor.yaml")) {
                name(resource);
                at(resource, "spec", "selector", "matchLabels").put("app", settings.name());
                resources.add(resource);
            }
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setExplicitStart(true);
        options.setSplitLines(false);
        return new Yaml(options).dumpAll(resources.iterator());
    }

    private Map<String, Object> secret(String configuration) {
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("apiVersion", "v1");
        secret.put("kind", "Secret");
        secret.put("metadata", new LinkedHashMap<>(Map.of("name", secretName())));
        secret.put("stringData", new LinkedHashMap<>(Map.of(FILE, configuration)));
        return secret;
    }

    private String secretName() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(settings.configuration().getBytes(StandardCharsets.UTF_8));
            return settings.name()
                    + '-'
                    + String.format("%064x", new BigInteger(1, digest))
                            .substring(0, CHECKSUM_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> access(Map<String, Object> resource) {
        name(resource);
        if ("ServiceAccount".equals(resource.get("kind"))) {
            Map<String, Object> metadata = at(resource, "metadata");
            if (settings.role() == null) {
                metadata.remove("annotations");
            } else {
                at(metadata, "annotations").replaceAll((annotation, example) -> settings.role());
            }
        }
        if ("RoleBinding".equals(resource.get("kind"))) {
            at(resource, "roleRef").put("name", settings.name());
            for (Map<String, Object> subject : maps(resource.get("subjects"))) {
                subject.put("name", settings.name());
            }
        }
        return resource;
    }

    private Map<String, Object> deployment(Map<String, Object> resource) {
        name(resource);
        Map<String, Object> spec = at(resource, "spec");
        spec.put("image", settings.image());
        spec.put("serviceAccount", settings.name());
        at(spec, "flinkConfiguration")
                .replaceAll((key, value) -> value.toString().replace(OWN_STATE, settings.state()));
        for (Map<String, Object> volume : maps(at(spec, "podTemplate", "spec").get("volumes"))) {
            volume.remove("configMap");
            volume.put("secret", new LinkedHashMap<>(Map.of("secretName", secretName())));
        }
        Map<String, Object> job = at(spec, "job");
        List<Object> arguments = new ArrayList<>((List<?>) job.get("args"));
        for (String assignment : settings.assignments()) {
            arguments.add("--set");
            arguments.add(assignment);
        }
        job.put("args", arguments);
        return resource;
    }

    private void name(Map<String, Object> resource) {
        at(resource, "metadata").put("name", settings.name());
    }

    private List<Map<String, Object>> read(String file) throws IOException {
        List<Map<String, Object>> resources = new ArrayList<>();
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            for (Object resource : new Yaml().loadAll(in)) {
                resources.add(map(resource));
            }
        }
        return resources;
    }

    private static Map<String, Object> at(Map<String, Object> tree, String... path) {
        Map<String, Object> place = tree;
        for (String step : path) {
            place = map(place.get(step));
        }
        return place;
    }

    private static List<Map<String, Object>> maps(Object list) {
        return ((List<?>) list).stream().map(KubernetesManifests::map).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
