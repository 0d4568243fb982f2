/** Files that grow, as a source of Flink. */
package io.hydrant.jobs.ingest.tail;
