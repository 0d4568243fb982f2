package io.hydrant.core.text;

/**
 * The mark that editors, spreadsheets and shells, of Windows above all, put before a file in UTF-8.
 * It says how the file is encoded and is no part of what the file says; nobody sees it.
 */
public final class ByteOrderMark {

    private static final String MARK = "\uFEFF";

    private ByteOrderMark() {}

    /** A file's text, or its first line, without the mark. */
    public static String skip(String text) {
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }
}
