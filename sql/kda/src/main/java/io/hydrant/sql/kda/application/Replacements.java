package io.hydrant.sql.kda.application;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an application reads and writes in place of what its document names: {@code Resources} of
 * the {@code Hydrant} object, ARNs by ARNs. So a stream stands in for a delivery stream, or one of
 * a test for that of production, and the document stays as AWS has it.
 */
final class Replacements {

    static final Replacements NONE = new Replacements(null, Map.of());

    private static final String RESOURCES = "Resources";

    private final Fields fields;
    private final Map<String, String> arns;
    private final Set<String> used = new HashSet<>();

    private Replacements(Fields fields, Map<String, String> arns) {
        this.fields = fields;
        this.arns = arns;
    }

    /**
     * Reads them.
     *
     * @param hydrant the object, or null
     */
    static Replacements read(Fields hydrant) {
        Fields resources = hydrant == null ? null : hydrant.object(RESOURCES);
        return resources == null ? NONE : new Replacements(resources, resources.otherTexts());
    }

    /** What stands for a resource; the resource itself where nothing does. */
    Resource of(Resource named) {
        String other = arns.get(named.arn());
        if (other == null) {
            return named;
        }
        used.add(named.arn());
        Resource replacement = Resource.parse(other);
        if (replacement == null) {
            fields.problem(
                    named.arn(),
                    "\""
                            + other
                            + "\" is not allowed; an ARN of a Kinesis stream, a delivery stream or a"
                            + " Lambda function");
            return named;
        }
        return replacement;
    }

    /** Refuses what stands for nothing that the document names. */
    void done() {
        for (String arn : arns.keySet()) {
            if (!used.contains(arn)) {
                fields.problem(arn, "is no resource that the document names");
            }
        }
    }
}
