package io.hydrant.sql.functions.typing;

import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;

import java.util.List;
import java.util.Optional;

/**
 * Arguments that must keep a rule besides their types, such as a literal that must be a valid
 * pattern: who writes a wrong one learns it from the planner, and not from columns full of nulls.
 */
public final class CheckedArguments implements InputTypeStrategy {

    /** A rule over the arguments of one call; it refuses with an error of the call context. */
    @FunctionalInterface
    public interface Rule {

        /** Throws {@link CallContext#newValidationError} where the call breaks the rule. */
        void check(CallContext call);
    }

    private final InputTypeStrategy types;
    private final Rule rule;

    private CheckedArguments(InputTypeStrategy types, Rule rule) {
        this.types = types;
        this.rule = rule;
    }

    /** The same type inference, with a rule that every call must keep. */
    public static TypeInference with(Rule rule, TypeInference inference) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new CheckedArguments(inference.getInputTypeStrategy(), rule))
                .outputTypeStrategy(inference.getOutputTypeStrategy())
                .build();
    }

    /**
     * The value of an argument that is a literal; empty for one that each row has its own of, for
     * which the planner's generator of code throws.
     */
    public static <T> Optional<T> literal(CallContext call, int position, Class<T> type) {
        return call.isArgumentLiteral(position) && !call.isArgumentNull(position)
                ? call.getArgumentValue(position, type)
                : Optional.empty();
    }

    @Override
    public ArgumentCount getArgumentCount() {
        return types.getArgumentCount();
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        Optional<List<DataType>> inferred = types.inferInputTypes(call, throwOnFailure);
        if (inferred.isPresent()) {
            rule.check(call);
        }
        return inferred;
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return types.getExpectedSignatures(definition);
    }
}
