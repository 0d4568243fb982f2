package io.hydrant.delivery.conversion.columnar;

/** The columnar formats that records are converted to. */
public enum ColumnarFormat {
    /** Apache Parquet. */
    PARQUET(".parquet"),
    /** Apache ORC. */
    ORC(".orc");

    private final String extension;

    ColumnarFormat(String extension) {
        this.extension = extension;
    }

    /** File extension with its dot. */
    public String extension() {
        return extension;
    }
}
