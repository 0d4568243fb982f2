package io.hydrant.sql.runner;

import io.hydrant.core.options.NearestName;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the job was told to run.
 *
 * @param scripts places of the scripts, in the order in which they run
 * @param variables values of variables by name
 * @param into the table that the rows of SELECT statements go to; null for their being printed
 * @param plan where the compiled plan is kept; null for nowhere
 * @param explain whether to print what would run, and stop
 * @param help whether to print the usage and stop
 */
record SqlArguments(
        List<String> scripts,
        Map<String, String> variables,
        String into,
        String plan,
        boolean explain,
        boolean help) {

    private static final String SCRIPT = "--script";
    private static final String SET = "--set";
    private static final String INTO = "--into";
    private static final String PLAN = "--plan";
    private static final String EXPLAIN = "--explain";
    private static final String HELP = "--help";
    private static final List<String> ALL = List.of(SCRIPT, SET, INTO, PLAN, EXPLAIN, HELP);

    static final String USAGE =
            """
            Runs Flink SQL scripts as one job.

              flink run hydrant-sql.jar --script tables.sql --script question.sql
                                        [--set NAME=VALUE]... [--into TABLE] [--plan PLACE] [--explain]

              --script FILE     a script; a file, or a place in a file system that Flink has, such as
                                s3://bucket/question.sql. Several run one after the other, in one session
              --set NAME=VALUE  the value of ${NAME} in the scripts, as often as needed
              --into TABLE      where the rows of SELECT statements go; without it they are printed
                                to the output of the TaskManagers
              --plan PLACE      keeps the compiled plan there: a job that starts anew, or from a
                                savepoint, takes the plan that is there, so its operators stay the same
                                under a newer Flink, too; where none is, one is compiled and written
              --explain         runs what defines tables, prints the plan of the rest, and stops
              --help            prints this

            All INSERT and SELECT statements of the scripts, in statement sets or not, are one job.
            """;

    SqlArguments {
        scripts = List.copyOf(scripts);
        variables = Map.copyOf(variables);
    }

    /**
     * Reads a command line.
     *
     * @throws ScriptException if it cannot be understood
     */
    static SqlArguments parse(List<String> args) {
        List<String> scripts = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        String into = null;
        String plan = null;
        boolean explain = false;
        boolean help = false;
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            switch (name) {
                case SCRIPT -> scripts.add(value(arg, equals, rest, "a file"));
                case SET -> addVariable(variables, value(arg, equals, rest, "NAME=VALUE"));
                case INTO -> into = once(name, into, value(arg, equals, rest, "a table"));
                case PLAN -> plan = once(name, plan, value(arg, equals, rest, "a file"));
                case EXPLAIN -> explain = isGiven(name, equals);
                case HELP, "-h" -> help = isGiven(name, equals);
                default ->
                        throw new ScriptException(
                                name
                                        + " is not an argument"
                                        + NearestName.hint(name, ALL)
                                        + " --help says more");
            }
        }
        if (scripts.isEmpty() && !help) {
            throw new ScriptException(SCRIPT + " is missing; --help says more");
        }
        return new SqlArguments(scripts, variables, into, plan, explain, help);
    }

    private static String value(String arg, int equals, Iterator<String> rest, String what) {
        if (equals >= 0) {
            return arg.substring(equals + 1);
        }
        if (rest.hasNext()) {
            return rest.next();
        }
        throw new ScriptException(arg + " has no value; give " + what);
    }

    private static boolean isGiven(String name, int equals) {
        if (equals >= 0) {
            throw new ScriptException(name + " takes no value; leave it out to have it off");
        }
        return true;
    }

    private static String once(String name, String before, String value) {
        if (before != null) {
            throw new ScriptException(name + " is given twice");
        }
        return value;
    }

    /** Values may be secrets, so they are in no message. */
    private static void addVariable(Map<String, String> variables, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ScriptException(SET + " has a value that is not NAME=VALUE");
        }
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        if (value.indexOf('\n') >= 0) {
            throw new ScriptException(
                    SET
                            + " "
                            + name
                            + " has a line break in its value, which moves lines; put it"
                            + " into the script");
        }
        if (variables.put(name, value) != null) {
            throw new ScriptException(SET + " " + name + " is given twice");
        }
    }
}
