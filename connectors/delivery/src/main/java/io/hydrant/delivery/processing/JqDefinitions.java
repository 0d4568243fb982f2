package io.hydrant.delivery.processing;

import net.thisptr.jackson.jq.Scope;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The functions of jq 1.6 that jackson-jq lacks and that can be said in jq itself. A query has only
 * those defined before it that it calls; a function that neither jq nor this knows is found before
 * there is a record, since it would fail every one.
 *
 * <p>Source: jq 1.6 manual, "Builtin operators and functions", "SQL-Style Operators", "Math".
 */
final class JqDefinitions {

    private static final int MOST_PARAMETERS = 6;

    private static final Map<String, String> DEFINITIONS =
            Map.ofEntries(
                    Map.entry("isempty", "def isempty(g): [limit(1; g)] | length == 0;"),
                    Map.entry("repeat", "def repeat(f): def r: ., (f | r); r;"),
                    Map.entry(
                            "INDEX",
                            "def INDEX(s; f): reduce s as $e ({}; .[$e | f | tostring] = $e); "
                                    + "def INDEX(f): INDEX(.[]; f);"),
                    Map.entry(
                            "IN",
                            "def IN(s): . as $e | any(s; . == $e); "
                                    + "def IN(a; s): any(a | . as $e | any(s; . == $e); .);"),
                    Map.entry(
                            "bsearch",
                            "def bsearch($x): ([.[] | select(. < $x)] | length) as $i "
                                    + "| if .[$i] == $x and $i < length then $i else -1 - $i end;"),
                    Map.entry("fabs", "def fabs: if . < 0 then 0 - . else . end;"),
                    Map.entry("trunc", "def trunc: if . < 0 then ceil else floor end;"),
                    Map.entry("rint", "def rint: " + halfToEven() + ";"),
                    Map.entry("nearbyint", "def nearbyint: " + halfToEven() + ";"),
                    Map.entry("fmin", "def fmin(a; b): [a, b] | min;"),
                    Map.entry("fmax", "def fmax(a; b): [a, b] | max;"),
                    Map.entry(
                            "fmod",
                            "def fmod(a; b): a as $a | b as $b | $a / $b "
                                    + "| $a - $b * (if . < 0 then ceil else floor end);"),
                    Map.entry("hypot", "def hypot(a; b): pow(a; 2) + pow(b; 2) | sqrt;"),
                    Map.entry("pow10", "def pow10: exp10;"),
                    Map.entry("ldexp", "def ldexp(a; b): a * pow(2; b);"),
                    Map.entry("scalb", "def scalb(a; b): a * pow(2; b);"));

    private JqDefinitions() {}

    private static String halfToEven() {
        return "floor as $f | (. - $f) as $d"
                + " | if $d < 0.5 or ($d == 0.5 and $f % 2 == 0) then $f else $f + 1 end";
    }

    /**
     * What has to stand before a query.
     *
     * @param functions those that are there in any case
     * @throws IllegalArgumentException if the query calls what is not there
     */
    static String neededBy(String query, Scope functions) {
        Set<String> needed = new LinkedHashSet<>();
        for (String name : QueryNames.calledBy(query)) {
            if (DEFINITIONS.containsKey(name)) {
                needed.add(DEFINITIONS.get(name));
            } else if (!isThere(name, functions)) {
                throw new IllegalArgumentException(
                        name
                                + (name.startsWith("$")
                                        ? " has no value here"
                                        : " is no function here"));
            }
        }
        return String.join(" ", needed) + (needed.isEmpty() ? "" : " ");
    }

    private static boolean isThere(String name, Scope functions) {
        for (int i = 0; i <= MOST_PARAMETERS; i++) {
            if (functions.getFunction(name, i) != null) {
                return true;
            }
        }
        return false;
    }
}
