package io.hydrant.jobs.delivery;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.ChildFirstClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks into the packed jar; that it also works is {@link DeliveryJarRunITCase}. */
class DeliveryJarITCase {

    static final Path JAR = Path.of("target", "hydrant-delivery.jar");

    /** Everything else is refused, so that what a new dependency brings is looked at first. */
    private static final Pattern ALLOWED =
            Pattern.compile(
                    """
                    io/hydrant/(core|kinesis|delivery|expression|template|iceberg|lambda|redshift|s3|jobs)/.+\\.class
                    |io/hydrant/shaded/(com/amazon/redshift|software/amazon|com/fasterxml|com/google|com/jayway|io/airlift|io/netty|net/thisptr|org/apache/(calcite|hc)|org/codehaus|org/jcodings|org/joni|org/joou|org/locationtech|org/postgresql|org/reactivestreams|org/yaml)/.+
                    |io/hydrant/shaded/org/apache/commons/(codec|io|lang3|logging|math3|pool|text)/.+
                    |io/hydrant/shaded/(org/apache/(hadoop|orc|parquet)|org/joda|org/threeten/extra|parquet)/.+
                    |org/xerial/snappy/.+
                    |redshift_jdbc_driver\\.properties
                    |common-version-info\\.properties
                    |io\\.hydrant\\.shaded\\.org\\.codehaus\\.commons\\.compiler\\.properties
                    |io/hydrant/shaded/org/publicsuffix/list/effective_tld_names\\.dat
                    |tables/.+\\.bin
                    |com/intel/gkl/.+
                    |com/github/luben/zstd/.+
                    |(linux|darwin)/.+/libzstd-jni-.+
                    |org/broadinstitute/gatk/nativebindings/.+
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
    void holdsNothingThatCouldClashWithFlinkOrItsUsers() {
        assertThat(names(name -> !ALLOWED.matcher(name).matches())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/apache/flink/",
                "org/slf4j/",
                "org/apache/logging/",
                "org/apache/log4j/",
                "ch/qos/logback/",
                "module-info.class",
                "META-INF/versions/"
            })
    void doesNotHold(String part) {
        assertThat(names(name -> name.contains(part))).isEmpty();
    }

    @Test
    void isNotSigned() {
        assertThat(names(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)"))).isEmpty();
    }

    @Test
    void holdsEveryEntryOnce() {
        List<String> names = jar.stream().map(ZipEntry::getName).toList();

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void namesItsMainClass() throws IOException {
        String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);

        assertThat(main).isEqualTo(DeliveryJob.class.getName());
        assertThat(jar.getEntry(main.replace('.', '/') + ".class")).isNotNull();
    }

    @Test
    void servicesNameClassesThatAreInTheJar() {
        List<String> services = names(name -> name.startsWith("META-INF/services/"));

        assertThat(services).isNotEmpty();
        for (String service : services) {
            assertThat(text(service).lines())
                    .as(service)
                    .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                    .isNotEmpty()
                    .allMatch(type -> jar.getEntry(type.replace('.', '/') + ".class") != null);
        }
    }

    /** The SDK reads lists of classes at these places, and no plugin would relocate their lines. */
    @Test
    void holdsNoListOfInterceptors() {
        assertThat(names(name -> name.endsWith("execution.interceptors"))).isEmpty();
    }

    @Test
    void keepsTheLicences() {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE"))
                .contains(
                        "the Hydrant authors", "AWS SDK for Java", "Apache HttpClient", "Jackson");
        assertThat(text("META-INF/licenses/gkl.txt")).contains("MIT", "Intel Corporation");
        assertThat(text("META-INF/licenses/gatk-native-bindings.txt")).contains("GATK Authors");
        assertThat(text("META-INF/licenses/janino.txt")).contains("janino");
        assertThat(text("META-INF/licenses/jts.txt")).contains("Eclipse Distribution License");
        assertThat(text("META-INF/licenses/redshift-jdbc.txt")).contains("PostgreSQL");
        assertThat(text("META-INF/licenses/pgjdbc.txt")).contains("PostgreSQL", "OnGres");
        assertThat(text("META-INF/licenses/reactive-streams.txt")).contains("MIT No Attribution");
        assertThat(text("META-INF/FastDoubleParser-LICENSE"))
                .contains("MIT License", "Apache License");
    }

    @Test
    void namesEveryLibraryWithItsLicence() {
        Set<String> groups = new TreeSet<>();
        for (String name : names(name -> name.startsWith("META-INF/maven/"))) {
            groups.add(name.split("/", -1)[2]);
        }
        groups.remove("io.hydrant");
        // Their jars do not say so themselves.
        groups.addAll(Set.of("com.amazon.redshift", "org.postgresql"));

        String bundled = text("META-INF/licenses/bundled.txt");
        assertThat(groups)
                .isNotEmpty()
                .allMatch(group -> bundled.lines().anyMatch(line -> line.startsWith(group + " ")));
    }

    /** Code is generated from names of classes, and those have others in the jar. */
    @Test
    void generatesCodeOfSql() throws Exception {
        Configuration options = new Configuration();
        options.setString("delivery.transform.columns", "struct<id:int,name:string>");
        options.setString(
                "delivery.transform.select",
                "SELECT UPPER(name) AS n, MD5(name) AS m, JSON_VALUE(payload, '$.id') AS i, 1.5 / id AS d FROM records WHERE id <> 0 AND 10 / id > 1");
        URL[] urls = {JAR.toUri().toURL()};
        try (ChildFirstClassLoader loader =
                new ChildFirstClassLoader(
                        urls,
                        getClass().getClassLoader(),
                        CoreOptions.getParentFirstLoaderPatterns(options),
                        thrown -> {})) {
            Class<?> config = loader.loadClass("io.hydrant.expression.ExpressionConfig");
            assertThat(config.getClassLoader()).isSameAs(loader);

            Object expression =
                    config.getMethod("from", ReadableConfig.class).invoke(null, options);

            assertThat((Optional<?>) expression).isPresent();
        }
    }

    private List<String> names(Predicate<String> wanted) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(wanted)
                .toList();
    }

    private String text(String name) {
        ZipEntry entry = jar.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        try {
            return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
