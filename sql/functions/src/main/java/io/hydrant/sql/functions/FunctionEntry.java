package io.hydrant.sql.functions;

import org.apache.flink.table.functions.UserDefinedFunction;

/**
 * One function as the module {@code hydrant} offers it and as the page of functions describes it.
 *
 * @param name as SQL calls it, in upper case; SQL may write it in any case
 * @param arguments as in a call, without the brackets around them all
 * @param result the type of what comes back
 * @param meaning what it does, errors included
 * @param source where its rule is written down: a page of the SQL reference of Kinesis Data
 *     Analytics, a standard or a library
 * @param implementation the class that SQL calls, with a constructor that takes nothing
 */
public record FunctionEntry(
        String name,
        String arguments,
        String result,
        String meaning,
        String source,
        Class<? extends UserDefinedFunction> implementation) {}
