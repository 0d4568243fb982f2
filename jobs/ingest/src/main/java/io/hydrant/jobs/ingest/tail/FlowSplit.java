package io.hydrant.jobs.ingest.tail;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All of a flow: its files and how far each was read.
 *
 * @param flow name of the flow
 * @param lineage part of the identity of all records, made when the job was first planned
 * @param begun whether the directory was looked at, so that files that come now are new
 * @param files the contents that are being read
 * @param former keys of files whose content was replaced or is gone
 */
record FlowSplit(
        String flow,
        String lineage,
        boolean begun,
        List<TrackedFile> files,
        Map<String, Former> former)
        implements SourceSplit {

    FlowSplit {
        Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(lineage, "lineage");
        files = List.copyOf(files);
        former = Map.copyOf(former);
    }

    /**
     * What a key had before; systems give inodes of removed files to new ones at once.
     *
     * @param generations contents so far
     * @param lastMillis when it lost the last
     */
    record Former(int generations, long lastMillis) {}

    /** A flow of which nothing was read yet. */
    static FlowSplit beginning(String flow, String lineage) {
        return new FlowSplit(flow, lineage, false, List.of(), Map.of());
    }

    @Override
    public String splitId() {
        return flow;
    }
}
