package io.hydrant.launcher.replay;

import io.hydrant.kinesis.sink.BatchPutter;
import io.hydrant.localstack.harness.data.Datasets;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.data.Flights;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Month;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code hydrant replay}: puts recorded data into a stream. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Put real data into a stream, as it happened or faster.",
        synopsisSubcommandLabel = "flights",
        subcommands = ReplayCommand.FlightsCommand.class)
public final class ReplayCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to replay: flights");
    }

    @Command(
            name = "flights",
            mixinStandardHelpOptions = true,
            description =
                    "Put the flights that left New York City in 2013 into a stream, one JSON line"
                            + " each, in the order of their scheduled departure.")
    static final class FlightsCommand implements Callable<Integer> {

        @Option(
                names = "--stream",
                required = true,
                paramLabel = "NAME",
                description = "the stream to put them into")
        private String stream;

        @Option(
                names = "--shards",
                paramLabel = "N",
                description = "make the stream with this many shards if it does not exist")
        private int shards;

        @ArgGroup private Which which = new Which();
        @ArgGroup private Pace pace = new Pace();
        @Mixin private KinesisTarget target;
        @Spec private CommandSpec spec;

        @Override
        @SuppressWarnings("SystemConsoleNull") // newer Javas tell with a method that 17 lacks
        public Integer call() throws Exception {
            if (shards < 0) {
                throw new ParameterException(
                        spec.commandLine(), "--shards is " + shards + "; it must be at least 1");
            }
            Month[] months = which.months(spec);
            ReplayPace when = pace.resolve(spec);
            PrintWriter err = spec.commandLine().getErr();
            ProgressLine line = new ProgressLine(err, System.console() != null);
            ReplayStatus end;
            try (BatchPutter putter = StreamPutters.open(target.config(), stream, shards);
                    Stream<Flight> flights =
                            Datasets.ofUser(err::println).flights().stream(months)) {
                end =
                        Replay.run(
                                putter,
                                when,
                                flights.map(ReplayRecord::of).iterator(),
                                Flights.count(months),
                                line::show);
            } finally {
                line.end();
            }
            spec.commandLine().getOut().println("replayed " + end + " into " + stream);
            return 0;
        }
    }

    /** Which flights. */
    static final class Which {

        @Option(
                names = "--month",
                split = ",",
                paramLabel = "1..12",
                description = "the flights of these months (default: 1)")
        private List<Integer> months = List.of(1);

        @Option(names = "--all", description = "the flights of the whole year")
        private boolean all;

        Month[] months(CommandSpec spec) {
            if (all) {
                return Month.values();
            }
            for (int month : months) {
                if (month < 1 || month > Month.values().length) {
                    throw new ParameterException(
                            spec.commandLine(), "--month is " + month + "; it must be 1 to 12");
                }
            }
            return months.stream().distinct().sorted().map(Month::of).toArray(Month[]::new);
        }
    }

    /** How fast. */
    static final class Pace {

        @Option(
                names = "--speed-up",
                paramLabel = "X",
                description = "so many times faster than it happened; 3600 plays an hour a second")
        private Double speedUp;

        @Option(
                names = "--rate",
                paramLabel = "N",
                description =
                        "so many records a second (default: as fast as the stream takes them)")
        private Double rate;

        ReplayPace resolve(CommandSpec spec) {
            try {
                if (speedUp != null) {
                    return ReplayPace.spedUp(speedUp);
                }
                return rate == null ? ReplayPace.AS_FAST_AS_IT_GOES : ReplayPace.rate(rate);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }
}
