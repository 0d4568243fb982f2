package io.hydrant.sql.bundle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the jar, and what must not be. */
class SqlBundleJarITCase {

    static final Path JAR = Path.of("target/hydrant-sql-bundle.jar").toAbsolutePath();

    private static final Pattern ALLOWED =
            Pattern.compile(
                    """
                    io/hydrant/(core|kinesis|delivery|s3|sql/functions)/.+\\.class
                    |io/hydrant/shaded/com/fasterxml/.+
                    |io/hydrant/shaded/(com/amazon/randomcutforest|org/apache/datasketches|dk/brics|software/amazon|org/apache/hc|org/reactivestreams|io/netty)/.+
                    |io/hydrant/shaded/(io/airlift|net/thisptr|org/jcodings|org/joni|org/joda|org/threeten/extra|parquet)/.+
                    |io/hydrant/shaded/org/apache/(hadoop|orc|parquet)/.+
                    |io/hydrant/shaded/org/apache/commons/(io|logging|pool)/.+
                    |(org/xerial/snappy|com/intel/gkl|com/github/luben/zstd|org/broadinstitute/gatk/nativebindings)/.+
                    |(linux|darwin)/.+/libzstd-jni-.+
                    |common-version-info\\.properties
                    |tables/.+\\.bin
                    |io/hydrant/shaded/org/publicsuffix/list/effective_tld_names\\.dat
                    |META-INF/(MANIFEST\\.MF|LICENSE|NOTICE|[A-Za-z-]+-(LICENSE|NOTICE))
                    |META-INF/licenses/[a-z0-9-]+\\.txt
                    |META-INF/maven/[^/]+/[^/]+/pom\\.(xml|properties)
                    |META-INF/services/io\\.hydrant\\.shaded\\..+
                    |META-INF/services/org\\.apache\\.flink\\.table\\.factories\\.Factory
                    """
                            .replace("\n", ""));

    /** What only the job has: the runner and applications of Kinesis Data Analytics. */
    private static final Pattern OF_THE_JOB =
            Pattern.compile(
                    """
                    io/hydrant/(sql/(runner|kda)|lambda|template)/.+
                    |io/hydrant/shaded/(org/apache/(calcite|commons)|com/google|org/joou|org/yaml)/.+
                    |META-INF/(maven/[^/]+/[^/]+/pom\\.(xml|properties)|[A-Za-z-]+-(LICENSE|NOTICE))
                    |META-INF/licenses/bundled-kda\\.txt
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
    void holdsNothingThatCouldClashWithFlinkOrItsUsers() {
        assertThat(names(name -> !ALLOWED.matcher(name).matches())).isEmpty();
    }

    @Test
    void holdsEveryEntryOnce() {
        assertThat(jar.stream().map(ZipEntry::getName).toList()).doesNotHaveDuplicates();
    }

    @Test
    void offersTheTableConnectors() throws IOException {
        assertThat(text("META-INF/services/org.apache.flink.table.factories.Factory").lines())
                .containsExactlyInAnyOrder(
                        "io.hydrant.kinesis.table.KinesisTableFactory",
                        "io.hydrant.kinesis.table.KinesisLegacyTableFactory",
                        "io.hydrant.kinesis.table.DynamoDbStreamsTableFactory",
                        "io.hydrant.kinesis.change.ChangeFormatFactory",
                        "io.hydrant.s3.table.S3TableFactory",
                        "io.hydrant.sql.functions.HydrantModuleFactory");
    }

    /** So that a job and the SQL client read the same tables in the same way. */
    @Test
    void isAllThatTheJarOfTheJobHasBesideTheRunner() throws IOException {
        try (JarFile job = new JarFile(SqlJarRunITCase.JAR.toFile())) {
            assertThat(job.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo("io.hydrant.sql.runner.SqlJob");
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isNull();
            assertThat(job.stream().map(ZipEntry::getName).toList())
                    .doesNotHaveDuplicates()
                    .containsAll(jar.stream().map(ZipEntry::getName).toList())
                    .filteredOn(name -> jar.getEntry(name) == null && !name.endsWith("/"))
                    .isNotEmpty()
                    .allMatch(name -> OF_THE_JOB.matcher(name).matches());
        }
    }

    @Test
    void namesEveryLibraryOfTheJobWithItsLicence() throws IOException {
        try (JarFile job = new JarFile(SqlJarRunITCase.JAR.toFile())) {
            Set<String> groups = new TreeSet<>();
            job.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("META-INF/maven/") && !name.endsWith("/"))
                    .forEach(name -> groups.add(name.split("/", -1)[2]));
            groups.remove("io.hydrant");
            String bundled =
                    text(job, "META-INF/licenses/bundled.txt")
                            + text(job, "META-INF/licenses/bundled-kda.txt");

            assertThat(groups)
                    .contains("com.google.guava")
                    .allMatch(
                            group ->
                                    bundled.lines().anyMatch(line -> line.startsWith(group + " ")));
            assertThat(text(job, "META-INF/NOTICE")).contains("Apache Calcite");
        }
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
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).contains("the Hydrant authors", "AWS SDK for Java");
        assertThat(text("META-INF/licenses/reactive-streams.txt")).contains("MIT No Attribution");
        assertThat(text("META-INF/licenses/gkl.txt")).contains("MIT", "Intel Corporation");
    }

    private List<String> names(Predicate<String> wanted) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(wanted)
                .toList();
    }

    private String text(String name) throws IOException {
        return text(jar, name);
    }

    private static String text(JarFile of, String name) throws IOException {
        ZipEntry entry = of.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        return new String(of.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
