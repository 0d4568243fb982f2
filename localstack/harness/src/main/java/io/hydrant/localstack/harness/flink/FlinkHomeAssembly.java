package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.python.PythonPackages;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Puts a Flink home together from the two packages that Flink publishes for Python.
 *
 * <p>{@code apache-flink-libraries} has the jars of the binary distribution (with the web UI, but
 * without the examples and some of {@code opt}), {@code apache-flink} its scripts and
 * configuration.
 */
final class FlinkHomeAssembly {

    private static final String ROOT = "pyflink/";
    private static final Set<String> FROM_LIBRARIES =
            Set.of("bin", "lib", "opt", "plugins", "licenses", "README.txt");
    private static final Set<String> FROM_SCRIPTS = Set.of("bin", "conf");

    /** The scripts are in a package for each Python and platform; they are the same in all. */
    private static final String[] ANY_ONE_PLATFORM = {
        "--only-binary=:all:",
        "--platform=manylinux2014_x86_64",
        "--implementation=cp",
        "--python-version=3.11"
    };

    private final HydrantCache cache;
    private final String version;
    private final Progress progress;

    FlinkHomeAssembly(HydrantCache cache, String version, Progress progress) {
        this.cache = cache;
        this.version = version;
        this.progress = progress;
    }

    void assemble(Path home) throws IOException {
        String flink = "Flink " + version;
        PythonPackages packages =
                PythonPackages.find(cache, "Assembling a home of " + flink, progress);
        Path downloads = home.resolve("downloads");
        progress.say(flink + ": downloading apache-flink-libraries, 329 MB (1 of 3) …");
        Path libraries =
                packages.download("apache-flink-libraries", version, downloads.resolve("1"));
        progress.say(flink + ": downloading apache-flink, 3 MB (2 of 3) …");
        Path scripts =
                packages.download(
                        "apache-flink", version, downloads.resolve("2"), ANY_ONE_PLATFORM);
        progress.say(flink + ": unpacking (3 of 3) …");
        unpack(libraries, FROM_LIBRARIES, home);
        unpack(scripts, FROM_SCRIPTS, home);
        makeExecutable(home.resolve("bin"));
        FileTrees.delete(downloads);
    }

    /**
     * Unpacks those entries of a wheel's {@code pyflink} folder that belong to a distribution.
     *
     * @param wanted names directly in that folder
     */
    static void unpack(Path wheel, Set<String> wanted, Path home) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (Enumeration<? extends ZipEntry> each = zip.entries(); each.hasMoreElements(); ) {
                ZipEntry entry = each.nextElement();
                if (!entry.isDirectory() && isWanted(entry.getName(), wanted)) {
                    Path target =
                            home.resolve(entry.getName().substring(ROOT.length())).normalize();
                    if (!target.startsWith(home)) {
                        throw new IOException(wheel + " wants to write outside: " + entry);
                    }
                    Files.createDirectories(target.getParent());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
    }

    private static boolean isWanted(String entry, Set<String> wanted) {
        if (!entry.startsWith(ROOT)) {
            return false;
        }
        int end = entry.indexOf('/', ROOT.length());
        return wanted.contains(entry.substring(ROOT.length(), end < 0 ? entry.length() : end));
    }

    private static void makeExecutable(Path folder) throws IOException {
        List<Path> programs;
        try (Stream<Path> files = Files.list(folder)) {
            programs = files.toList();
        }
        for (Path program : programs) {
            File file = program.toFile();
            if (!file.setExecutable(true, false)) {
                throw new IOException("Cannot make " + file + " executable");
            }
        }
    }
}
