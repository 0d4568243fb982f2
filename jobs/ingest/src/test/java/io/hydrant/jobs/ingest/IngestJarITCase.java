package io.hydrant.jobs.ingest;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.ChildFirstClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks into the packed jar. */
class IngestJarITCase {

    private static final Path JAR = Path.of("target", "hydrant-ingest.jar");

    private static final long MOST_BYTES = 42L * 1024 * 1024;

    /** Everything else is refused, so that what a new dependency brings is looked at first. */
    private static final Pattern ALLOWED =
            Pattern.compile(
                    """
                    io/hydrant/(core|delivery|expression|kinesis|jobs)/.+\\.class
                    |io/hydrant/shaded/(software/amazon|com/fasterxml|com/google|com/jayway|io/airlift|io/netty|net/thisptr|org/apache/(calcite|hc)|org/codehaus|org/jcodings|org/joda|org/joni|org/joou|org/locationtech|org/reactivestreams)/.+
                    |io/hydrant/shaded/org/apache/commons/(codec|io|lang3|logging|math3|pool|text)/.+
                    |io\\.hydrant\\.shaded\\.org\\.codehaus\\.commons\\.compiler\\.properties
                    |tables/.+\\.bin
                    |io/hydrant/shaded/org/publicsuffix/list/effective_tld_names\\.dat
                    |META-INF/(MANIFEST\\.MF|LICENSE|NOTICE|[A-Za-z-]+-(LICENSE|NOTICE))
                    |META-INF/licenses/[a-z0-9-]+\\.txt
                    |META-INF/maven/[^/]+/[^/]+/pom\\.(xml|properties)
                    |META-INF/services/io\\.hydrant\\.shaded\\..+
                    """
                            .replace("\n", ""));

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(JAR.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void holdsNothingThatCouldClashWithFlinkOrItsUsers() throws IOException {
        assertThat(names(name -> !ALLOWED.matcher(name).matches())).isEmpty();
        assertThat(jar.stream().map(ZipEntry::getName).toList()).doesNotHaveDuplicates();
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    }

    @Test
    void namesItsMainClass() throws IOException {
        String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);

        assertThat(main).isEqualTo(IngestJob.class.getName());
        assertThat(jar.getEntry(main.replace('.', '/') + ".class")).isNotNull();
    }

    @Test
    void servicesNameClassesThatAreInTheJar() throws IOException {
        for (String service : names(name -> name.startsWith("META-INF/services/"))) {
            assertThat(text(service).lines())
                    .as(service)
                    .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                    .isNotEmpty()
                    .allMatch(type -> jar.getEntry(type.replace('.', '/') + ".class") != null);
        }
    }

    @Test
    void namesEveryLibraryWithItsLicence() throws IOException {
        Set<String> groups = new TreeSet<>();
        for (String name : names(name -> name.startsWith("META-INF/maven/"))) {
            groups.add(name.split("/", -1)[2]);
        }
        groups.remove("io.hydrant");

        String bundled = text("META-INF/licenses/bundled.txt");
        assertThat(groups)
                .isNotEmpty()
                .allMatch(group -> bundled.lines().anyMatch(line -> line.startsWith(group + " ")));
        assertThat(text("META-INF/NOTICE")).contains("the Hydrant authors", "AWS SDK for Java");
    }

    /** Code is generated from names of classes, and those have others in the jar. */
    @Test
    void generatesCodeOfSqlAndReadsJq() throws Exception {
        String agent =
                """
                {"flows": [{"sourceStream": "a", "kinesisStream": "b",
                  "filter": ".id > 1 and (.name | startswith(\\"a\\"))",
                  "columns": "struct<id:int,name:string>",
                  "select": "SELECT UPPER(name) AS n, JSON_VALUE(payload, '$.id') AS i, 1.5 / id AS d FROM records WHERE id <> 0",
                  "partitionKeyQuery": ".n"}]}
                """;
        Configuration options = new Configuration();
        URL[] urls = {JAR.toUri().toURL()};
        try (ChildFirstClassLoader loader =
                new ChildFirstClassLoader(
                        urls,
                        getClass().getClassLoader(),
                        CoreOptions.getParentFirstLoaderPatterns(options),
                        thrown -> {})) {
            Class<?> document = loader.loadClass("io.hydrant.jobs.ingest.agent.AgentDocument");
            assertThat(document.getClassLoader()).isSameAs(loader);

            Object read =
                    document.getMethod("parse", String.class, String.class, Map.class)
                            .invoke(null, "agent.json", agent, Map.of());

            assertThat((List<?>) document.getMethod("streamFlows").invoke(read)).hasSize(1);
        }
    }

    private List<String> names(Predicate<String> wanted) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(wanted)
                .toList();
    }

    private String text(String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
