package io.hydrant.launcher.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The bills for one traffic side by side, as Markdown that reads as plain text, too. */
final class CostReport {

    /** Source: Firehose API reference, PutRecord. */
    private static final long FIREHOSE_MOST_BYTES = 1_024_000;

    /** More than all of AWS earns; beyond it, numbers only overflow. */
    private static final double MOST_USD = 1e14;

    private final Traffic traffic;
    private final PriceTable prices;
    private final Map<String, List<CostLine>> bills = new LinkedHashMap<>();

    /**
     * Makes the bills.
     *
     * @param fromKinesis whether Firehose reads a Kinesis stream, too, which then is on its bill
     */
    CostReport(
            Traffic traffic,
            PriceTable prices,
            FirehoseBill firehose,
            KinesisBill kinesis,
            FlinkBill flink,
            boolean fromKinesis) {
        this.traffic = traffic;
        this.prices = prices;
        List<CostLine> firehoseLines = new ArrayList<>(firehose.lines(traffic, prices));
        List<CostLine> provisioned = kinesis.provisioned(traffic, prices);
        if (fromKinesis) {
            firehoseLines.addAll(provisioned);
        }
        bills.put("Firehose", firehoseLines);
        bills.put("Kinesis, Managed Flink", joined(provisioned, flink.managed(traffic, prices)));
        bills.put("Kinesis, own machines", joined(provisioned, flink.ownMachines(traffic, prices)));
        bills.put(
                "Kinesis on-demand, Managed Flink",
                joined(kinesis.onDemand(traffic, prices), flink.managed(traffic, prices)));
    }

    private static List<CostLine> joined(List<CostLine> some, List<CostLine> others) {
        List<CostLine> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Total of each bill, in their order. */
    Map<String, Double> totals() {
        Map<String, Double> totals = new LinkedHashMap<>();
        bills.forEach((name, lines) -> totals.put(name, CostLine.total(lines)));
        return totals;
    }

    /**
     * The bills.
     *
     * @throws IllegalArgumentException where a total is more than anybody pays
     */
    String text() {
        totals().forEach(CostReport::requireSense);
        StringBuilder text = new StringBuilder();
        text.append(
                format(
                        "%s records a second of %,d bytes, %,.1f GB a month; peak %.1f times; %s, prices of %s in USD%n",
                        traffic.recordsPerSecond() < 10
                                ? number(traffic.recordsPerSecond())
                                : format("%,.0f", traffic.recordsPerSecond()),
                        traffic.recordBytes(),
                        traffic.gbPerMonth(),
                        traffic.peakFactor(),
                        prices.region(),
                        prices.date()));
        text.append(format("%n| a month | USD |%n| --- | ---: |%n"));
        totals().forEach((name, total) -> text.append(format("| %s | %,.2f |%n", name, total)));
        text.append(
                format(
                        "%n| bill | meter | amount | price | USD |%n| --- | --- | ---: | --- | ---: |%n"));
        TreeSet<String> unread = new TreeSet<>();
        bills.forEach(
                (name, lines) -> {
                    for (CostLine line : lines) {
                        Price price = prices.price(line.price());
                        if (!price.isRead()) {
                            unread.add(line.price() + " (" + price.source() + ")");
                        }
                        text.append(
                                format(
                                        "| %s | %s | %,.2f | %s `%s` | %,.2f |%n",
                                        name,
                                        line.meter(),
                                        line.amount(),
                                        number(price.amount()),
                                        line.price(),
                                        line.cost()));
                    }
                });
        if (traffic.recordBytes() > FIREHOSE_MOST_BYTES) {
            // Its meter knows no limit, its API does.
            text.append(
                    format(
                            "%nFirehose takes no records of more than %,d bytes: its bill is that of the same bytes, were they taken.%n",
                            FIREHOSE_MOST_BYTES));
        }
        if (!unread.isEmpty()) {
            text.append(
                    format(
                            "%nTo be checked against their source, and given with --price where they differ:%n"));
            unread.forEach(name -> text.append("- ").append(name).append('\n'));
        }
        text.append(
                format(
                        "%nBoth pay S3 for objects, requests and storage, so that is left out; so are Lambda, data transfer and people.%n"));
        return text.toString();
    }

    private static void requireSense(String bill, double total) {
        // Where a whole number overflows, it is below 0.
        if (!(total >= 0 && total <= MOST_USD)) {
            throw new IllegalArgumentException(
                    format(
                            "The bill of %s would be more than %,.0f USD a month; look for a value of another unit, and at --vcpu-megabytes and --vcpu-records, by which it is divided",
                            bill, MOST_USD));
        }
    }

    private static String number(double amount) {
        return BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
    }
}
