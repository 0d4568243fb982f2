package io.hydrant.jobs.delivery;

import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.jobs.delivery.document.Problems;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The deliveries of one stream that one job carries, each to its own destination: mostly one.
 *
 * @param plans what each of them does; they go together as {@link GroupRules} says
 */
record DeliveryGroup(List<DeliveryPlan> plans) {

    /** Between names where one text holds several; no name may have it. */
    static final String SEPARATOR = ";";

    /** Keeps its own copy. */
    DeliveryGroup {
        plans = List.copyOf(plans);
    }

    /**
     * Resolves every configuration.
     *
     * @throws InvalidConfigurationException with everything that is wrong with each of them, or
     *     with having them in one job
     */
    static DeliveryGroup resolve(DeliveryArguments arguments, PlanResolver resolver) {
        if (arguments.configs().size() < 2) {
            return new DeliveryGroup(List.of(resolver.resolve(arguments)));
        }
        List<DeliveryPlan> plans = new ArrayList<>();
        List<InvalidConfigurationException> wrong = new ArrayList<>();
        for (String config : arguments.configs()) {
            try {
                plans.add(resolver.resolve(arguments.of(config)));
            } catch (InvalidConfigurationException e) {
                wrong.add(e);
            }
        }
        if (!wrong.isEmpty()) {
            throw InvalidConfigurationException.ofAll(wrong);
        }
        Problems problems = new Problems();
        GroupRules.check(plans, problems);
        problems.throwIfAny("several deliveries in one job");
        return new DeliveryGroup(plans);
    }

    boolean isSeveral() {
        return plans.size() > 1;
    }

    /** The one that says how the stream is read, as the others do. */
    DeliveryPlan first() {
        return plans.get(0);
    }

    /** Names of the delivery streams. */
    String names(String separator) {
        return plans.stream()
                .map(DeliveryPlan::deliveryStream)
                .collect(Collectors.joining(separator));
    }

    /**
     * The options of all as the job shows them while it runs; what differs bears the name of the
     * delivery stream. Secrets are masked.
     */
    Map<String, String> shownOptions() {
        if (!isSeveral()) {
            return first().shownOptions();
        }
        Map<String, String> shown = new TreeMap<>();
        for (DeliveryPlan plan : plans) {
            plan.shownOptions()
                    .forEach(
                            (key, value) -> {
                                boolean isCommon =
                                        plans.stream()
                                                .allMatch(
                                                        other ->
                                                                value.equals(
                                                                        other.shownOptions()
                                                                                .get(key)));
                                shown.put(
                                        isCommon ? key : plan.deliveryStream() + '/' + key, value);
                            });
        }
        shown.put(NamingOptions.STREAM_NAME.key(), names(SEPARATOR));
        return shown;
    }
}
