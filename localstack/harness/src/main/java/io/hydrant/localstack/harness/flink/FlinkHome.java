package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with a Flink distribution, as {@code flink run} and {@code sql-client.sh} need it.
 *
 * @param path the folder that holds {@code bin}, {@code lib} and {@code conf}
 * @param version its release, such as {@code 2.3.0}
 */
public record FlinkHome(Path path, String version) {

    /** The release that is assembled where the user has none. */
    public static final String ASSEMBLED_VERSION = "2.3.0";

    /** The environment variable that names the user's own. */
    public static final String VARIABLE = "FLINK_HOME";

    private static final String SERIES = "2.3.";
    private static final Pattern DISTRIBUTION = Pattern.compile("flink-dist-(.+)\\.jar");

    /**
     * The user's own home, if {@code FLINK_HOME} names one, else the one in the cache, which is
     * assembled from the packages that Flink publishes for Python when it is missing.
     *
     * @param progress told about downloads
     * @return a home of Flink 2.3
     * @throws IOException if {@code FLINK_HOME} names something else, or the packages cannot be
     *     downloaded; the message says what to do
     */
    public static FlinkHome find(Progress progress) throws IOException {
        return find(System.getenv(), HydrantCache.ofUser(), progress);
    }

    static FlinkHome find(Map<String, String> environment, HydrantCache cache, Progress progress)
            throws IOException {
        String own = environment.getOrDefault(VARIABLE, "");
        if (!own.isBlank()) {
            return ofUser(Path.of(own).toAbsolutePath().normalize());
        }
        Path folder = cache.folder("flink").resolve("home-" + ASSEMBLED_VERSION);
        cache.entry(folder)
                .ensure(
                        progress,
                        making ->
                                new FlinkHomeAssembly(cache, ASSEMBLED_VERSION, progress)
                                        .assemble(making));
        SqlGatewayJar.addTo(folder, ASSEMBLED_VERSION);
        return new FlinkHome(folder, ASSEMBLED_VERSION);
    }

    private static FlinkHome ofUser(Path folder) throws IOException {
        if (!Files.isExecutable(folder.resolve("bin").resolve("flink"))) {
            throw new IOException(
                    VARIABLE
                            + " is "
                            + folder
                            + ", which has no executable bin/flink. Name the folder of a Flink "
                            + SERIES
                            + "x distribution, or unset it to have one assembled in the cache.");
        }
        String version = versionOf(folder);
        if (!version.startsWith(SERIES)) {
            throw new IOException(
                    VARIABLE
                            + " is "
                            + folder
                            + ", which is Flink "
                            + version
                            + ". Hydrant needs "
                            + SERIES
                            + "x: name such a distribution, or unset "
                            + VARIABLE
                            + " to have one assembled in the cache.");
        }
        return new FlinkHome(folder, version);
    }

    private static String versionOf(Path folder) throws IOException {
        Path libraries = folder.resolve("lib");
        List<String> names;
        try (Stream<Path> files = Files.list(libraries)) {
            names = files.map(file -> file.getFileName().toString()).toList();
        }
        for (String name : names) {
            Matcher matcher = DISTRIBUTION.matcher(name);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw new IOException(
                VARIABLE + " is " + folder + ", but there is no flink-dist-*.jar in its lib.");
    }

    /**
     * One of its programs.
     *
     * @param name such as {@code flink} or {@code sql-client.sh}
     * @return the path of the script
     */
    public Path program(String name) {
        return path.resolve("bin").resolve(name);
    }

    /** The jar with Flink's own classes. */
    Path distributionJar() {
        return path.resolve("lib").resolve("flink-dist-" + version + ".jar");
    }
}
