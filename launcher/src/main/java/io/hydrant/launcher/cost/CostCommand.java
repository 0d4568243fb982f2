package io.hydrant.launcher.cost;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code ./hydrant cost}: what the same traffic costs on Firehose and here. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = {
            "Reckon what traffic costs in a month on Firehose, beside Kinesis with the "
                    + "delivery job on Managed Flink or on machines of your own.",
            "docs/cost.md has the formulas and their sources."
        })
public final class CostCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--records-per-second",
            required = true,
            paramLabel = "N",
            description = "Records a second on average.")
    private double recordsPerSecond;

    @Option(
            names = "--bytes",
            required = true,
            paramLabel = "N",
            description = "Bytes of a record on average.")
    private long recordBytes;

    @Option(
            names = "--peak",
            paramLabel = "FACTOR",
            defaultValue = "2",
            description =
                    "The busiest seconds by the average; shards and vCPUs are made for them. Default: ${DEFAULT-VALUE}.")
    private double peakFactor;

    @Option(
            names = "--from-kinesis",
            description = "Firehose reads a Kinesis stream, too, so that its bill has one.")
    private boolean fromKinesis;

    @Option(
            names = "--aggregate",
            paramLabel = "BYTES",
            defaultValue = "0",
            description =
                    "Size of KPL aggregates, such as 51200, which the gateway makes. Default: none.")
    private long aggregateBytes;

    @Option(
            names = "--convert",
            description = "Firehose converts to Parquet or ORC; the job does so without a meter.")
    private boolean convertsFormat;

    @Option(
            names = "--vpc-zones",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Firehose delivers into a VPC, in so many zones. Default: ${DEFAULT-VALUE}.")
    private int vpcZones;

    @Option(
            names = "--partition-objects",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Firehose partitions dynamically, into so many objects an hour. Default: it does not.")
    private double objectsPerHour;

    @Option(
            names = "--jq-hours",
            paramLabel = "N",
            defaultValue = "0",
            description = "Hours of JQ that this takes in an hour. Default: ${DEFAULT-VALUE}.")
    private double jqHours;

    @Option(
            names = "--vcpu-megabytes",
            paramLabel = "N",
            defaultValue = "18",
            description =
                    "Payload that the job carries in a second on one vCPU; half of what was measured. Default: ${DEFAULT-VALUE}.")
    private double megabytesPerVcpu;

    @Option(
            names = "--vcpu-records",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Records likewise. Default: ${DEFAULT-VALUE}.")
    private double recordsPerVcpu;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "us-east-1",
            description = "Region of the prices. Default: ${DEFAULT-VALUE}.")
    private String region;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description =
                    "A price table of your own, of the form of the one that comes with Hydrant.")
    private Path pricesFile;

    @Option(
            names = "--price",
            paramLabel = "NAME=USD",
            description = "A single price, by the name that the bill shows; may be repeated.")
    private Map<String, Double> single = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        try {
            PriceTable prices =
                    pricesFile == null
                            ? PriceTable.builtIn(region, single)
                            : PriceTable.read(pricesFile, region, single);
            CostReport report =
                    new CostReport(
                            new Traffic(recordsPerSecond, recordBytes, peakFactor),
                            prices,
                            new FirehoseBill(convertsFormat, vpcZones, objectsPerHour, jqHours),
                            new KinesisBill(aggregateBytes),
                            new FlinkBill(megabytesPerVcpu, recordsPerVcpu),
                            fromKinesis);
            spec.commandLine().getOut().print(report.text());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
