package io.hydrant.kinesis.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;

import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads lists in their order, and sets in order of their elements: a set has none, and the same set
 * must be the same array in the image before a change and in the one after the change before.
 */
final class ArrayConverter extends AttributeConverter {

    private final AttributeConverter element;
    private final Class<?> elementClass;

    ArrayConverter(String path, ArrayType type, Mismatches mismatches, AttributeConverter element) {
        super(path, type, mismatches);
        this.element = element;
        this.elementClass = LogicalTypeUtils.toInternalConversionClass(type.getElementType());
    }

    @Override
    Object of(String kind, JsonParser in) throws IOException {
        boolean isArray = in.currentToken() == JsonToken.START_ARRAY;
        if (isArray && kind.equals("L")) {
            List<Object> elements = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                elements.add(element.convert(in));
            }
            return new GenericArrayData(elements.toArray(newArray(elements.size())));
        }
        if (isArray && (kind.equals("SS") || kind.equals("NS") || kind.equals("BS"))) {
            return ofSet(kind.substring(0, 1), in);
        }
        return mismatch(kind, in);
    }

    private GenericArrayData ofSet(String kind, JsonParser in) throws IOException {
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            require(in.currentToken(), JsonToken.VALUE_STRING);
            texts.add(in.getText());
        }
        texts.sort(
                kind.equals("N")
                        ? Comparator.comparing(BigDecimal::new)
                        : Comparator.<String>naturalOrder());
        Object[] elements = newArray(texts.size());
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element.orRefuseNull(element.ofElement(kind, texts.get(i)));
        }
        return new GenericArrayData(elements);
    }

    /** Flink wants arrays of the very class of their elements. */
    private Object[] newArray(int size) {
        return (Object[]) Array.newInstance(elementClass, size);
    }

    @Override
    String wayOut() {
        return "an ARRAY takes L, SS, NS and BS; declare it STRING to have anything but B as text";
    }
}
