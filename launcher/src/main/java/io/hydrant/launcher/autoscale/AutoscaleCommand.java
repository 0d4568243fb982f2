package io.hydrant.launcher.autoscale;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsOptions;
import io.hydrant.core.options.OptionCatalog;
import io.hydrant.kinesis.stream.KinesisClients;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Stay;
import io.hydrant.launcher.cost.PriceTable;

import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code ./hydrant autoscale}: does for provisioned streams what on-demand mode does. */
@Command(
        name = "autoscale",
        mixinStandardHelpOptions = true,
        description = {
            "Fit the shards of a provisioned stream to its traffic, as on-demand mode does.",
            "It keeps room for twice the peak of 30 days, splits hot shards and merges cold "
                    + "ones, within the limits of UpdateShardCount. With --simulate, show what it "
                    + "would have done to a trace, and the cost."
        })
public final class AutoscaleCommand implements Callable<Integer> {

    private static final int USUAL_SHARDS = 4;
    private static final List<String> ONLY_LIVE =
            List.of("--interval", "--memory", "--once", "--set");
    private static final List<String> ONLY_SIMULATED = List.of("--shards", "--price");

    @Spec private CommandSpec spec;

    @Option(
            names = "--simulate",
            paramLabel = "TRACE.CSV",
            description =
                    "Traffic with the head "
                            + TrafficTrace.HEAD
                            + ", and ,hot_key_share behind it or not. Nothing is called.")
    private Path trace;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description =
                    "With --simulate: shards at first. Default: 4, or the nearest to it that the limits allow.")
    private Integer shards;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "The stream, where there is one.")
    private String stream;

    @Option(
            names = "--min-shards",
            paramLabel = "N",
            defaultValue = "1",
            description = "Never fewer. Default: ${DEFAULT-VALUE}.")
    private int minShards;

    @Option(
            names = "--max-shards",
            paramLabel = "N",
            defaultValue = "200",
            description = "Never more. Default: ${DEFAULT-VALUE}.")
    private int maxShards;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "PT1M",
            description = "How often to look, and how far back. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Option(
            names = "--memory",
            paramLabel = "FILE",
            description =
                    "Where the peaks of 30 days and the calls of 24 hours are kept. Default: nowhere, so that a new start knows neither.")
    private Path memoryFile;

    @Option(names = "--once", description = "Look once, and end.")
    private boolean once;

    @Option(names = "--dry-run", description = "Say what is to be done, and do not do it.")
    private boolean dryRun;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "us-east-1",
            description = "Region of the stream and of the prices. Default: ${DEFAULT-VALUE}.")
    private String region;

    @Option(
            names = "--price",
            paramLabel = "NAME=USD",
            description =
                    "With --simulate: kinesis.shard-hour or kinesis.million-put-units where yours differ; may be repeated.")
    private Map<String, Double> prices = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "An aws.* option, such as aws.endpoint=http://localhost:4566; may be repeated.")
    private List<String> assignments = List.of();

    @Override
    public Integer call() throws Exception {
        if ((trace == null) == (stream == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Give one of --simulate TRACE.CSV and --stream NAME");
        }
        requireMeaning();
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--interval must be a second or more, but is " + interval);
        }
        try {
            ScalingRules rules = new ScalingRules(minShards, maxShards);
            return trace != null ? simulate(rules) : scale(rules);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What one way of running has no use for is refused, so that nobody believes it counted. */
    private void requireMeaning() {
        for (String option : trace != null ? ONLY_LIVE : ONLY_SIMULATED) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        trace != null
                                ? option
                                        + " means nothing with --simulate, which goes minute by minute"
                                        + " through the trace and calls nothing; leave it out"
                                : option + " means nothing without --simulate; leave it out");
            }
        }
    }

    private int simulate(ScalingRules rules) throws IOException {
        if (shards != null && rules.clamp(shards) != shards) {
            throw new IllegalArgumentException(
                    "--shards must be from --min-shards to --max-shards, "
                            + rules.minShards()
                            + " to "
                            + rules.maxShards()
                            + ", but is "
                            + shards);
        }
        PriceTable table = PriceTable.builtIn(region, prices);
        TrafficTrace traffic = TrafficTrace.read(trace);
        PrintWriter out = spec.commandLine().getOut();
        TrafficTrace.Gap gap = traffic.gap();
        if (gap != null) {
            out.printf(
                    Locale.ROOT,
                    "note: the line of %s counts until %s; where there was no traffic, say so in lines with 0,0%n",
                    gap.from(),
                    gap.to());
        }
        Simulation.Result result =
                new Simulation(rules, shards == null ? USUAL_SHARDS : shards).run(traffic);
        for (Simulation.Event event : result.events()) {
            out.println(event.at() + "  " + line(event.step(), event.before(), event.after()));
        }
        double hours = result.shardHours() * table.of("kinesis.shard-hour");
        double units = result.putUnits() / 1e6 * table.of("kinesis.million-put-units");
        out.print(
                String.format(
                        Locale.ROOT,
                        "shards     %d at the end, %d at most\n"
                                + "written    %,.1f GB, of which the shards would have throttled %,.3f GB\n"
                                + "cost       %,.2f USD: %,.1f shard hours %,.2f, %,.0f PUT units of 25 KB %,.2f\n",
                        result.finalShards(),
                        result.mostShards(),
                        result.gigabytes(),
                        result.throttledGigabytes(),
                        hours + units,
                        result.shardHours(),
                        hours,
                        result.putUnits(),
                        units));
        out.flush();
        return 0;
    }

    private static String line(ScalingStep step, int before, int after) {
        String action = step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return step instanceof Stay
                ? "advice  " + step.reason()
                : String.format(
                        Locale.ROOT, "%-6s  %d -> %d  %s", action, before, after, step.reason());
    }

    private int scale(ScalingRules rules) throws IOException, InterruptedException {
        ScalingMemory memory = ScalingMemory.read(memoryFile);
        ScalingJudge judge = new ScalingJudge(rules);
        try (KinesisClient kinesis = KinesisClients.withRetries(config())) {
            LiveStream live = new LiveStream(kinesis, stream);
            if (live.isOnDemand()) {
                throw new ParameterException(
                        spec.commandLine(),
                        stream + " is in on-demand mode, where AWS fits its shards itself");
            }
            TrafficSampler sampler = new TrafficSampler(kinesis, stream);
            while (true) {
                look(live, sampler, judge, memory);
                if (once) {
                    return 0;
                }
                TimeUnit.MILLISECONDS.sleep(interval.toMillis());
            }
        }
    }

    private void look(
            LiveStream live, TrafficSampler sampler, ScalingJudge judge, ScalingMemory memory)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Instant now = Instant.now();
        List<ShardLoad> loads = sampler.sample(live.openShards(), now.minus(interval), now);
        memory.history()
                .add(now, loads.stream().map(ShardLoad::load).reduce(Load.NONE, Load::plus));
        ScalingStep step =
                live.isActive()
                        ? judge.next(
                                memory.history(),
                                loads,
                                memory.budget().left(now),
                                memory.lastChange(),
                                now)
                        : new Stay("the stream is being changed");
        out.println(now + "  " + described(step, loads.size()));
        out.flush();
        if (!(step instanceof Stay) && !dryRun) {
            apply(live, step, memory, now);
        }
        memory.write();
    }

    private static String described(ScalingStep step, int open) {
        if (step instanceof Stay) {
            return "stay    " + step.reason();
        }
        return line(
                step,
                open,
                step instanceof Resize resize
                        ? resize.shards()
                        : step instanceof ScalingStep.Split ? open + 1 : open - 1);
    }

    private void apply(LiveStream live, ScalingStep step, ScalingMemory memory, Instant now) {
        try {
            live.apply(step);
            memory.changed(now);
            if (step instanceof Resize) {
                memory.budget().spent(now);
            }
        } catch (LimitExceededException e) {
            // Others may have made calls that this memory does not know, or the account is full.
            if (step instanceof Resize) {
                memory.budget().exhaust(now);
            }
            spec.commandLine().getErr().println("refused: " + e.awsErrorDetails().errorMessage());
        }
    }

    private AwsClientConfig config() {
        Configuration options = new Configuration();
        OptionCatalog catalog = OptionCatalog.of(AwsOptions.class);
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                // A value may be a secret.
                throw new IllegalArgumentException("--set takes an option of aws.* and its value");
            }
            String key = assignment.substring(0, equals);
            catalog.requireKnown(List.of(key));
            options.setString(key, assignment.substring(equals + 1));
        }
        return AwsClientConfig.from(options).withDefaultRegion(region);
    }
}
