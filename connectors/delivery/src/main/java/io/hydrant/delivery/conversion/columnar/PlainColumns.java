package io.hydrant.delivery.conversion.columnar;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.schema.MessageType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * All columns of a row group that are written plainly, on pages of version 1. Pages end where the
 * library's own store would end them: near their size, or at the most rows that one may have.
 */
final class PlainColumns implements ColumnWriteStore {

    /** A page is full from that part of its size on. */
    private static final float FULL = 0.1f;

    private final ParquetProperties properties;
    private final Map<ColumnDescriptor, PlainColumn> columns = new LinkedHashMap<>();
    private final long nearlyFull;
    private long rows;
    private long nextCheck;

    PlainColumns(MessageType schema, PageWriteStore pages, ParquetProperties properties) {
        this.properties = properties;
        for (ColumnDescriptor column : schema.getColumns()) {
            columns.put(column, new PlainColumn(column, pages.getPageWriter(column), properties));
        }
        this.nearlyFull = (long) (properties.getPageSizeThreshold() * FULL);
        this.nextCheck =
                Math.min(
                        properties.getMinRowCountForPageSizeCheck(),
                        properties.getPageRowCountLimit());
    }

    @Override
    public ColumnWriter getColumnWriter(ColumnDescriptor column) {
        return columns.get(column);
    }

    @Override
    public void endRecord() {
        rows++;
        if (rows >= nextCheck) {
            endFullPages();
        }
    }

    /** Looks again when half of what is left of the page that is filled first may be full. */
    private void endFullPages() {
        int mostRows = properties.getPageRowCountLimit();
        long rowsToWait = Long.MAX_VALUE;
        long mostRowsAt = rows + mostRows;
        for (PlainColumn column : columns.values()) {
            long used = column.pageSize();
            long onPage = rows - column.rowsOnPages();
            long left = properties.getPageSizeThreshold() - used;
            if (left <= nearlyFull
                    || onPage >= mostRows
                    || column.pageValues() >= properties.getPageValueCountThreshold()) {
                column.endPage(rows);
                left = properties.getPageSizeThreshold();
            } else {
                mostRowsAt = Math.min(mostRowsAt, column.rowsOnPages() + mostRows);
            }
            rowsToWait =
                    Math.min(
                            rowsToWait,
                            used == 0
                                    ? properties.getMaxRowCountForPageSizeCheck()
                                    : onPage * left / used);
        }
        nextCheck =
                Math.min(
                        mostRowsAt,
                        rows
                                + Math.min(
                                        Math.max(
                                                rowsToWait / 2,
                                                properties.getMinRowCountForPageSizeCheck()),
                                        properties.getMaxRowCountForPageSizeCheck()));
    }

    @Override
    public void flush() {
        for (PlainColumn column : columns.values()) {
            if (rows > column.rowsOnPages()) {
                column.endPage(rows);
            }
        }
    }

    @Override
    public long getBufferedSize() {
        return sum(PlainColumn::getBufferedSizeInMemory);
    }

    @Override
    public long getAllocatedSize() {
        return sum(PlainColumn::capacity);
    }

    private long sum(ToLongFunction<PlainColumn> figure) {
        return columns.values().stream().mapToLong(figure).sum();
    }

    @Override
    public String memUsageString() {
        return columns.size() + " plain columns: " + getBufferedSize() + " bytes";
    }

    @Override
    public void close() {
        columns.values().forEach(PlainColumn::close);
    }
}
