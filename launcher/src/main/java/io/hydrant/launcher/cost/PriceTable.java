package io.hydrant.launcher.cost;

import io.hydrant.core.options.NearestName;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The prices of one region by name. Immutable. */
public final class PriceTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN = "given";

    private final String region;
    private final String date;
    private final Map<String, Price> prices;

    private PriceTable(String region, String date, Map<String, Price> prices) {
        this.region = region;
        this.date = date;
        this.prices = prices;
    }

    /**
     * The prices that come with Hydrant.
     *
     * @throws IllegalArgumentException naming the regions that there are
     */
    static PriceTable builtIn(String region) {
        return builtIn(region, Map.of());
    }

    /**
     * The prices that come with Hydrant, and some of one's own, which may be those of another
     * region.
     *
     * @throws IllegalArgumentException naming the regions that there are, where there are no own
     *     prices, or an own one that is of nothing
     */
    public static PriceTable builtIn(String region, Map<String, Double> own) {
        return of(shipped(), region, "the table of prices that comes with Hydrant", own);
    }

    /**
     * Prices out of a file of the form of {@code prices.json}, and some besides.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming what is wrong in it
     */
    static PriceTable read(Path file, String region, Map<String, Double> own) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "--prices is " + file + ", a folder; give a file with a table of prices");
        }
        try {
            return of(JSON.readTree(Files.readAllBytes(file)), region, file.toString(), own);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode shipped() {
        try (InputStream in = PriceTable.class.getResourceAsStream("prices.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("prices.json is part of this program", e);
        }
    }

    private static PriceTable of(
            JsonNode root, String region, String place, Map<String, Double> own) {
        JsonNode regions = root.path("regions");
        if (!regions.path(region).isObject() && own.isEmpty()) {
            TreeSet<String> names = new TreeSet<>();
            regions.fieldNames().forEachRemaining(names::add);
            throw new IllegalArgumentException(
                    place
                            + " has no region '"
                            + region
                            + "', only "
                            + names
                            + "; give each price of yours with --price, or a table to ./hydrant cost --prices");
        }
        Map<String, Price> prices = new TreeMap<>();
        regions.path(region)
                .fields()
                .forEachRemaining(
                        field -> {
                            JsonNode price = field.getValue();
                            if (!price.path("price").isNumber()) {
                                throw new IllegalArgumentException(
                                        place + ": " + field.getKey() + " has no number as price");
                            }
                            prices.put(
                                    field.getKey(),
                                    new Price(
                                            price.path("price").doubleValue(),
                                            price.path("source").asText(OWN),
                                            price.path("read").asBoolean()));
                        });
        own.forEach((name, amount) -> prices.put(known(name), ownPrice(name, amount)));
        return new PriceTable(region, root.path("date").asText("?"), prices);
    }

    private static Price ownPrice(String name, double amount) {
        try {
            return new Price(amount, OWN, true);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--price " + name + ": " + e.getMessage(), e);
        }
    }

    /** Every meter has a price in the table that comes with Hydrant, in each of its regions. */
    private static String known(String name) {
        TreeSet<String> names = new TreeSet<>();
        shipped().path("regions").elements().next().fieldNames().forEachRemaining(names::add);
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no price" + NearestName.hint(name, names));
        }
        return name;
    }

    /**
     * A price.
     *
     * @throws IllegalArgumentException where the table lacks it
     */
    public double of(String name) {
        return price(name).amount();
    }

    Price price(String name) {
        Price price = prices.get(name);
        if (price == null) {
            throw new IllegalArgumentException(
                    "There is no price "
                            + name
                            + " for "
                            + region
                            + "; give it with --price "
                            + name
                            + "=USD");
        }
        return price;
    }

    String region() {
        return region;
    }

    String date() {
        return date;
    }
}
