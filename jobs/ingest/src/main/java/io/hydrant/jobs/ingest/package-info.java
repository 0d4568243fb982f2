/** The job that sends what is written to files. */
package io.hydrant.jobs.ingest;
