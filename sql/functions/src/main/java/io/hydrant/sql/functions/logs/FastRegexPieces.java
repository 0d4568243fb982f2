package io.hydrant.sql.functions.logs;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.RegExp;
import dk.brics.automaton.State;
import dk.brics.automaton.Transition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a fast pattern apart: one piece for every repeated or single expression, group by group.
 */
final class FastRegexPieces {

    private static final int SYNTAX =
            RegExp.INTERSECTION
                    | RegExp.EMPTY
                    | RegExp.ANYSTRING
                    | RegExp.AUTOMATON
                    | RegExp.INTERVAL;

    private static final Map<String, Automaton> NAMED = named();

    private final String pattern;
    private final List<Piece> pieces = new ArrayList<>();
    private int groups;

    private FastRegexPieces(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with what is wrong about it
     */
    static FastRegexPieces of(String pattern) {
        FastRegexPieces pieces = new FastRegexPieces(pattern);
        pieces.read();
        return pieces;
    }

    List<Piece> pieces() {
        return pieces;
    }

    int groups() {
        return groups;
    }

    private void read() {
        int at = 0;
        while (at < pattern.length()) {
            int end = endOfExpression(pattern, at);
            int repeated = endOfRepetition(pattern, end);
            if (pattern.charAt(at) == '(' && end - at > 2) {
                group(at, end, repeated);
            } else {
                add(pattern, at, end, repeated);
            }
            at = repeated;
        }
        if (groups == 0) {
            throw wrong("it has no group, and every group makes a column", 0);
        }
    }

    private void group(int at, int end, int repeated) {
        int first = pieces.size();
        String inside = pattern.substring(at + 1, end - 1);
        if (repeated > end || hasAlternatives(inside)) {
            pieces.add(piece(pattern.substring(at, repeated), at));
        } else {
            int within = 0;
            while (within < inside.length()) {
                int close = endOfExpression(inside, within);
                int behind = endOfRepetition(inside, close);
                add(inside, within, close, behind);
                within = behind;
            }
        }
        pieces.set(first, pieces.get(first).opening(groups));
        pieces.set(pieces.size() - 1, pieces.get(pieces.size() - 1).closing(groups));
        groups++;
    }

    /** One expression; of {@code x+} and {@code x{n,}} what must be there is a piece of its own. */
    private void add(String text, int at, int end, int repeated) {
        if (text.charAt(at) == '|' || text.charAt(at) == '&') {
            throw wrong("'" + text.charAt(at) + "' stands outside of brackets", at);
        }
        String expression = text.substring(at, end);
        String repetition = text.substring(end, repeated);
        if (repetition.equals("+")) {
            pieces.add(piece(expression, at));
            pieces.add(piece(expression + "*", at));
        } else if (repetition.endsWith(",}")) {
            pieces.add(piece(expression + repetition.replace(",}", "}"), at));
            pieces.add(piece(expression + "*", at));
        } else {
            pieces.add(piece(expression + repetition, at));
        }
    }

    private Piece piece(String expression, int at) {
        try {
            Automaton automaton = new RegExp(expression, SYNTAX).toAutomaton(NAMED);
            automaton.determinize();
            return new Piece(automaton, fixedLength(automaton), -1, -1);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage(), at);
        }
    }

    /** The length that all texts of the automaton have, or -1 where they differ. */
    private static int fixedLength(Automaton automaton) {
        if (!automaton.isFinite()) {
            return -1;
        }
        Map<State, Integer> lengths = new HashMap<>();
        lengths.put(automaton.getInitialState(), 0);
        List<State> open = new ArrayList<>(List.of(automaton.getInitialState()));
        int length = -1;
        while (!open.isEmpty()) {
            State state = open.remove(open.size() - 1);
            int here = lengths.get(state);
            if (state.isAccept()) {
                if (length >= 0 && length != here) {
                    return -1;
                }
                length = here;
            }
            for (Transition transition : state.getTransitions()) {
                Integer known = lengths.putIfAbsent(transition.getDest(), here + 1);
                if (known == null) {
                    open.add(transition.getDest());
                } else if (known != here + 1) {
                    return -1;
                }
            }
        }
        return length;
    }

    private boolean hasAlternatives(String text) {
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '|' || text.charAt(at) == '&') {
                return true;
            }
            at = endOfRepetition(text, endOfExpression(text, at));
        }
        return false;
    }

    private int endOfExpression(String text, int at) {
        return switch (text.charAt(at)) {
            case '\\' -> closed(text, at, at + 2);
            case '"' -> closed(text, at, text.indexOf('"', at + 1) + 1);
            case '<' -> closed(text, at, text.indexOf('>', at + 1) + 1);
            case '[' -> endOfClass(text, at);
            case '(' -> endOfBrackets(text, at);
            default -> at + 1;
        };
    }

    private int closed(String text, int at, int end) {
        if (end <= at || end > text.length()) {
            throw wrong("what begins here has no end", at);
        }
        return end;
    }

    private int endOfClass(String text, int at) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != ']') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return closed(text, at, end + 1);
    }

    private int endOfBrackets(String text, int at) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != ')') {
            end = endOfExpression(text, end);
        }
        return closed(text, at, end + 1);
    }

    private int endOfRepetition(String text, int at) {
        int end = at;
        while (end < text.length() && "?*+{".indexOf(text.charAt(end)) >= 0) {
            end = text.charAt(end) == '{' ? closed(text, end, text.indexOf('}', end) + 1) : end + 1;
        }
        return end;
    }

    private IllegalArgumentException wrong(String why, int at) {
        return new IllegalArgumentException(
                "the pattern '%s' cannot be read near character %d: %s"
                        .formatted(pattern, at + 1, why));
    }

    private static Map<String, Automaton> named() {
        Map<String, String> classes = new LinkedHashMap<>();
        classes.put("Digit", "[0-9]");
        classes.put("Upper", "[A-Z]");
        classes.put("Lower", "[a-z]");
        classes.put("ASCII", "[\u0000-\u007F]");
        classes.put("Alpha", "[A-Za-z]");
        classes.put("Alnum", "[A-Za-z0-9]");
        classes.put("Punct", "[!-/:-@\\[-`{-~]");
        classes.put("Blank", "[ \t]");
        classes.put("Space", "[ \t\n\f\r\u000B]");
        classes.put("Cntrl", "[\u0000-\u001F\u007F]");
        classes.put("XDigit", "[0-9a-fA-F]");
        classes.put("Print", "[!-~]");
        classes.put("Graph", "[!-~]");
        Map<String, Automaton> named = new HashMap<>();
        classes.forEach((name, pattern) -> named.put(name, new RegExp(pattern).toAutomaton()));
        return named;
    }

    /**
     * A piece of a pattern.
     *
     * @param length the length of all texts of it, or -1 where it varies
     * @param opens the group that begins with it, or -1
     * @param closes the group that ends with it, or -1
     */
    record Piece(Automaton automaton, int length, int opens, int closes) {

        boolean isFixed() {
            return length >= 0;
        }

        Piece opening(int group) {
            return new Piece(automaton, length, group, closes);
        }

        Piece closing(int group) {
            return new Piece(automaton, length, opens, group);
        }
    }
}
