package io.hydrant.sql.functions;

import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.functions.UserDefinedFunctionHelper;
import org.apache.flink.table.module.Module;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hydrant's functions as a module of Flink SQL: {@code LOAD MODULE hydrant} makes all of them known
 * under their names, with no {@code CREATE FUNCTION}. No name hides one of Flink's own functions.
 */
public final class HydrantModule implements Module {

    /** What {@code LOAD MODULE} calls it. */
    public static final String NAME = "hydrant";

    private static final Map<String, FunctionEntry> ENTRIES =
            HydrantFunctions.all().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    entry -> key(entry.name()), Function.identity()));

    private final Map<String, UserDefinedFunction> made = new ConcurrentHashMap<>();

    @Override
    public Set<String> listFunctions() {
        return ENTRIES.keySet();
    }

    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        FunctionEntry entry = ENTRIES.get(key(name));
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(
                made.computeIfAbsent(
                        entry.name(),
                        any ->
                                UserDefinedFunctionHelper.instantiateFunction(
                                        entry.implementation())));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
