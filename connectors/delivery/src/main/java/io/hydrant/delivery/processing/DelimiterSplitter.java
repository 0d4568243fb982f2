package io.hydrant.delivery.processing;

import java.util.Arrays;

/**
 * Takes a record apart at a delimiter; what lies between two delimiters and is empty is left out.
 */
final class DelimiterSplitter implements Splitter {

    private final byte[] delimiter;

    DelimiterSplitter(byte[] delimiter) {
        this.delimiter = delimiter.clone();
    }

    @Override
    public Slices split(Bytes record) {
        Slices slices = new Slices();
        byte[] bytes = record.array();
        int end = record.offset() + record.length();
        int begin = record.offset();
        int at = begin;
        while (at + delimiter.length <= end) {
            if (bytes[at] == delimiter[0] && isDelimiter(bytes, at)) {
                addUnlessEmpty(slices, begin, at);
                at += delimiter.length;
                begin = at;
            } else {
                at++;
            }
        }
        addUnlessEmpty(slices, begin, end);
        return slices;
    }

    private boolean isDelimiter(byte[] bytes, int at) {
        return Arrays.equals(bytes, at, at + delimiter.length, delimiter, 0, delimiter.length);
    }

    private static void addUnlessEmpty(Slices slices, int begin, int end) {
        if (end > begin) {
            slices.add(begin, end - begin);
        }
    }
}
