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
 * @param scripts places of the scripts, in the order in which they run; empty for an application
 * @param application place of the document of an application of Kinesis Data Analytics; null for
 *     scripts
 * @param code place of the application's SQL; null where the document holds it
 * @param variables values of variables by name; of an application, of options by key
 * @param into the table that the rows of SELECT statements go to; null for their being printed
 * @param plan where the compiled plan is kept; null for nowhere
 * @param explain whether to print what would run, and stop
 * @param help whether to print the usage and stop
 */
record SqlArguments(
        List<String> scripts,
        String application,
        String code,
        Map<String, String> variables,
        String into,
        String plan,
        boolean explain,
        boolean help) {

    static final String PROPERTY_GROUP = "HydrantSql";

    private static final String SCRIPT = "--script";
    private static final String KDA = "--kda";
    private static final String CODE = "--code";
    private static final String SET = "--set";
    private static final String INTO = "--into";
    private static final String PLAN = "--plan";
    private static final String EXPLAIN = "--explain";
    private static final String HELP = "--help";
    private static final List<String> ALL =
            List.of(SCRIPT, KDA, CODE, SET, INTO, PLAN, EXPLAIN, HELP);

    static final String USAGE =
            """
            Runs Flink SQL scripts, or an application of Kinesis Data Analytics for SQL, as one job.

              flink run hydrant-sql.jar --script tables.sql --script question.sql
                                        [--set NAME=VALUE]... [--into TABLE] [--plan PLACE] [--explain]

              flink run hydrant-sql.jar --kda application.json [--code app.sql] [--set KEY=VALUE]... [--explain]

              --script FILE     a script; a file, or a place in a file system that Flink has, such as
                                s3://bucket/question.sql. Several run one after the other, in one session
              --set NAME=VALUE  the value of ${NAME} in the scripts, as often as needed
              --into TABLE      where the rows of SELECT statements go; without it they are printed
                                to the output of the TaskManagers
              --plan PLACE      keeps the compiled plan there: a job that starts anew, or from a
                                savepoint, takes the plan that is there, so its operators stay the same
                                under a newer Flink, too; where none is, one is compiled and written
              --kda FILE        an application as CreateApplication takes it or DescribeApplication shows it;
                                a file, or a place in a file system that Flink has
              --code FILE       its SQL, where the document does not hold it
              --set KEY=VALUE   with --kda, the value of an option (aws.*, source.*, sink.*, kda.*), over
                                that of the document's "Hydrant" object
              --explain         runs what defines tables, prints the plan of the rest, and stops; of an
                                application, prints the Flink SQL that it becomes
              --help            prints this

            All INSERT and SELECT statements of the scripts, in statement sets or not, are one job.

            On Managed Service for Apache Flink give the same in the property group %s: the keys
            'script' (several with ; between), 'kda', 'code', 'into' and 'plan' are the arguments of
            these names, every other key is a --set.
            """
                    .formatted(PROPERTY_GROUP);

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
        String application = null;
        String code = null;
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
                case KDA ->
                        application = once(name, application, value(arg, equals, rest, "a file"));
                case CODE -> code = once(name, code, value(arg, equals, rest, "a file"));
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
        if (!help) {
            requireFitting(scripts, application, code, into, plan);
        }
        return new SqlArguments(scripts, application, code, variables, into, plan, explain, help);
    }

    /**
     * What a property group of Managed Service for Apache Flink says.
     *
     * @throws ScriptException if it cannot be understood
     */
    static SqlArguments ofPropertyGroup(Map<String, String> properties) {
        List<String> args = new ArrayList<>();
        properties.forEach(
                (key, value) -> {
                    String argument = "--" + key;
                    if (argument.equals(SCRIPT)) {
                        for (String script : value.split(";", -1)) {
                            args.add(SCRIPT + '=' + script.strip());
                        }
                    } else if (List.of(KDA, CODE, INTO, PLAN).contains(argument)) {
                        args.add(argument + '=' + value);
                    } else {
                        args.add(SET + '=' + key + '=' + value);
                    }
                });
        return parse(args);
    }

    private static void requireFitting(
            List<String> scripts, String application, String code, String into, String plan) {
        if (application == null) {
            if (scripts.isEmpty()) {
                throw new ScriptException(SCRIPT + " or " + KDA + " is missing; --help says more");
            }
            if (code != null) {
                throw new ScriptException(CODE + " goes with " + KDA + "; --help says more");
            }
            return;
        }
        if (!scripts.isEmpty()) {
            throw new ScriptException(
                    SCRIPT + " and " + KDA + " are two jobs; start one after the other");
        }
        if (into != null) {
            throw new ScriptException(
                    INTO + " goes with " + SCRIPT + "; rows of an application go to its Outputs");
        }
        if (plan != null) {
            throw new ScriptException(
                    PLAN
                            + " goes with "
                            + SCRIPT
                            + "; an application's operators have the names of its streams and pumps");
        }
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
