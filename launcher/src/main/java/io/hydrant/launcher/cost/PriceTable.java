package io.hydrant.launcher.cost;

import io.hydrant.core.options.NearestName;

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
    public static PriceTable builtIn(String region) {
        try (InputStream in = PriceTable.class.getResourceAsStream("prices.json")) {
            return of(JSON.readTree(in), region, "the prices that come with Hydrant");
        } catch (IOException e) {
            throw new UncheckedIOException("prices.json is part of this program", e);
        }
    }

    /**
     * Prices out of a file of the form of {@code prices.json}.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming what is wrong in it
     */
    static PriceTable read(Path file, String region) throws IOException {
        return of(JSON.readTree(Files.readAllBytes(file)), region, file.toString());
    }

    private static PriceTable of(JsonNode root, String region, String place) {
        JsonNode regions = root.path("regions");
        if (!regions.path(region).isObject()) {
            TreeSet<String> names = new TreeSet<>();
            regions.fieldNames().forEachRemaining(names::add);
            throw new IllegalArgumentException(
                    place
                            + " has no region '"
                            + region
                            + "', only "
                            + names
                            + "; give the prices of yours with --prices FILE, or single ones with --price");
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
        return new PriceTable(region, root.path("date").asText("?"), prices);
    }

    /**
     * The same with another price.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    PriceTable with(String name, double amount) {
        if (!prices.containsKey(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no price" + NearestName.hint(name, prices.keySet()));
        }
        Map<String, Price> changed = new TreeMap<>(prices);
        changed.put(name, new Price(amount, OWN, true));
        return new PriceTable(region, date, changed);
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
                    "There is no price " + name + " for " + region + "; give it with --price");
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
