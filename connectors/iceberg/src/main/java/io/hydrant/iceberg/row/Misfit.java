package io.hydrant.iceberg.row;

/** Why a record does not fit its table. */
public enum Misfit {
    /** The record is not one JSON object. */
    NO_OBJECT("Iceberg.NonJson"),
    /** A value cannot be a value of its column. */
    TYPE_MISMATCH("Iceberg.TypeMismatch"),
    /** A column that must have a value gets none. */
    MISSING_FIELD("Iceberg.MissingField"),
    /** The table has no column for a field. */
    UNKNOWN_FIELD("Iceberg.UnknownField");

    private final String code;

    Misfit(String code) {
        this.code = code;
    }

    /** The error code in the dead letter. */
    public String code() {
        return code;
    }
}
