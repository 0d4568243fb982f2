package io.hydrant.sql.kda.application;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntPredicate;

/**
 * Reads those members of a JSON object that columns begin with, without a tree of the object. What
 * columns find is the same: of members with the same name the last one counts, and what no column
 * asks for is passed over, but has to be JSON.
 */
final class TopMembers implements Serializable {

    private static final long serialVersionUID = 1L;

    private final HashMap<String, Integer> places;

    /** Of each column, which member it is in. */
    private final int[] memberOf;

    /** Of each column, the way from the member on. */
    private final ColumnPath[] rests;

    /** Of each member, whether it may be left out where it is a text. */
    private final boolean[] isIdle;

    private TopMembers(
            HashMap<String, Integer> places, int[] memberOf, ColumnPath[] rests, boolean[] isIdle) {
        this.isIdle = isIdle;
        this.places = places;
        this.memberOf = memberOf;
        this.rests = rests;
    }

    /**
     * The members that the columns begin with; null where one begins with anything else.
     *
     * @param isIdle which columns may be left out where they are a text
     */
    static TopMembers of(ColumnPath[] columns, IntPredicate isIdle) {
        HashMap<String, Integer> places = new HashMap<>();
        int[] memberOf = new int[columns.length];
        ColumnPath[] rests = new ColumnPath[columns.length];
        for (int i = 0; i < columns.length; i++) {
            String name = columns[i].firstName();
            if (name == null) {
                return null;
            }
            Integer place = places.get(name);
            if (place == null) {
                place = places.size();
                places.put(name, place);
            }
            memberOf[i] = place;
            rests[i] = columns[i].behindFirst();
        }
        boolean[] idle = new boolean[places.size()];
        Arrays.fill(idle, true);
        for (int i = 0; i < columns.length; i++) {
            idle[memberOf[i]] &= isIdle.test(i);
        }
        return new TopMembers(places, memberOf, rests, idle);
    }

    /**
     * Reads an object to its end.
     *
     * @param parser at the object's beginning
     * @return the values of the columns, null where there is none
     */
    JsonNode[] read(JsonParser parser, JsonMapper mapper) throws IOException {
        JsonNode[] members = new JsonNode[places.size()];
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            Integer place = places.get(name);
            if (place == null) {
                parser.skipChildren();
            } else if (isIdle[place] && token == JsonToken.VALUE_STRING) {
                members[place] = null;
            } else {
                members[place] = value(parser, token, mapper);
            }
        }
        JsonNode[] values = new JsonNode[rests.length];
        for (int i = 0; i < rests.length; i++) {
            JsonNode member = members[memberOf[i]];
            values[i] = member == null ? null : rests[i].find(member);
        }
        return values;
    }

    private static JsonNode value(JsonParser parser, JsonToken token, JsonMapper mapper)
            throws IOException {
        return switch (token) {
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT ->
                    switch (parser.getNumberType()) {
                        case INT -> IntNode.valueOf(parser.getIntValue());
                        case LONG -> LongNode.valueOf(parser.getLongValue());
                        default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
                    };
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> null;
            default -> mapper.readTree(parser);
        };
    }
}
