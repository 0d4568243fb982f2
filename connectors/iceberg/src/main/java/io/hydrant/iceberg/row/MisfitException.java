package io.hydrant.iceberg.row;

/**
 * A record does not fit its table. Thrown for single records all the time, so without a stack
 * trace; the message never holds the record's values.
 */
public final class MisfitException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Misfit kind;
    private final String path;
    private final String text;

    MisfitException(Misfit kind, String path, String text) {
        super(null, null, false, false);
        this.kind = kind;
        this.path = path;
        this.text = text;
    }

    static MisfitException mismatch(String text) {
        return new MisfitException(Misfit.TYPE_MISMATCH, "", text);
    }

    /** The same, for the field of that name around it. */
    MisfitException within(String name) {
        return new MisfitException(kind, path.isEmpty() ? name : name + "." + path, text);
    }

    /** What kind of misfit it is. */
    public Misfit kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? text : "Field " + path + " " + text;
    }
}
