package io.hydrant.localstack.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The schema of a resource of Kubernetes, held strictly: a field that it does not know is a
 * mistake, which a server would silently drop.
 *
 * <p>Source: Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions":
 * structural schemas.
 */
final class StructuralSchema {

    private StructuralSchema() {}

    /** What does not fit, a line each, by its path. */
    static List<String> problems(Map<?, ?> schema, Object value, String path) {
        List<String> problems = new ArrayList<>();
        check(schema, value, path, problems);
        return problems;
    }

    private static void check(Map<?, ?> schema, Object value, String path, List<String> problems) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))
                || Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            return;
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            problems.add(path + " is " + value + ", not one of " + allowed);
        }
        Object type = schema.get("type");
        if (!isOf(type, value)) {
            problems.add(path + " is " + value + ", not of type " + type);
        } else if (value instanceof Map<?, ?> object) {
            checkFields(schema, object, path, problems);
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                check((Map<?, ?>) schema.get("items"), each, path + "[]", problems);
            }
        }
    }

    private static void checkFields(
            Map<?, ?> schema, Map<?, ?> object, String path, List<String> problems) {
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(field -> !object.containsKey(field))
                    .forEach(field -> problems.add(path + "." + field + " is missing"));
        }
        object.forEach(
                (name, field) -> {
                    if (schema.get("properties") instanceof Map<?, ?> known
                            && known.get(name) instanceof Map<?, ?> its) {
                        check(its, field, path + "." + name, problems);
                    } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                        check(others, field, path + "." + name, problems);
                    } else {
                        problems.add(path + "." + name + " is not a field");
                    }
                });
    }

    private static boolean isOf(Object type, Object value) {
        if (type == null) {
            return true;
        }
        return switch (type.toString()) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            default -> false;
        };
    }
}
