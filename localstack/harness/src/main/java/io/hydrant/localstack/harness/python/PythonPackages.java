package io.hydrant.localstack.harness.python;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fetches single packages from the Python package index, through the pip of this machine and with
 * its settings (index, proxy, certificates), without what they depend on.
 */
public final class PythonPackages {

    private static final int OLDEST_PYTHON_MINOR = 9;
    private static final String TEMPORARY = "in-flight";

    private final Python python;
    private final Progress progress;

    private PythonPackages(Python python, Progress progress) {
        this.python = python;
        this.progress = progress;
    }

    /**
     * Finds a Python with pip, or makes a virtual environment with one where the system's Python
     * has none.
     *
     * @param cache where such an environment goes
     * @param purpose what it is for, as it should read in an error
     * @param progress told about downloads
     * @return a client that works
     * @throws IOException if there is no Python 3.9 or newer, or it can make no virtual
     *     environment; the message says what to install
     */
    public static PythonPackages find(HydrantCache cache, String purpose, Progress progress)
            throws IOException {
        Python system = Python.find(OLDEST_PYTHON_MINOR, purpose);
        if (system.run("-m", "pip", "--version").attempt().exitCode() == 0) {
            return new PythonPackages(system, progress);
        }
        Path folder = cache.folder("python").resolve("pip-for-" + system.version());
        cache.entry(folder).ensure(progress, system::virtualEnvironment);
        return new PythonPackages(system.inVirtualEnvironment(folder), progress);
    }

    /**
     * Downloads one package.
     *
     * @param name the package
     * @param version its exact version
     * @param folder where the file goes; made if absent, holds nothing else
     * @param options more options for {@code pip download}
     * @return the wheel or source archive
     * @throws IOException if pip cannot get it; the message has what pip printed
     */
    public Path download(String name, String version, Path folder, String... options)
            throws IOException {
        Path temporary = Files.createDirectories(folder.resolve(TEMPORARY));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-m",
                                "pip",
                                "download",
                                "--no-deps",
                                "--no-input",
                                "--disable-pip-version-check",
                                "--progress-bar",
                                "off",
                                "--dest",
                                folder.toString()));
        arguments.addAll(Arrays.asList(options));
        arguments.add(name + "==" + version);
        Command pip =
                python.run(arguments.toArray(String[]::new))
                        .with(Map.of("TMPDIR", temporary.toString()));
        try (GrowthReport ignored = GrowthReport.start(temporary, name, progress)) {
            pip.run();
        } finally {
            FileTrees.delete(temporary);
        }
        return onlyFile(folder);
    }

    /**
     * Unpacks a source archive, because the JDK knows no tar.
     *
     * @param archive a {@code .tar.gz}
     * @param folder where to; made if absent
     * @throws IOException if it cannot be read
     */
    public void unpackTar(Path archive, Path folder) throws IOException {
        Files.createDirectories(folder);
        python.run("-m", "tarfile", "-e", archive.toString(), folder.toString()).run();
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            if (found.size() != 1) {
                throw new IOException("pip should have left one file in " + folder + ": " + found);
            }
            return found.get(0);
        }
    }
}
