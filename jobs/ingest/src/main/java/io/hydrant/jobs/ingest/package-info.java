/** The job that sends what is written to files, and what other streams have. */
package io.hydrant.jobs.ingest;
