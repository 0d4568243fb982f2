/** What becomes of a stream's records on their way to another stream. */
package io.hydrant.jobs.ingest.restream;
