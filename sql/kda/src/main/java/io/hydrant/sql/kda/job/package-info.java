/**
 * An application as a job: what its document reads, joins and writes becomes a source, reference
 * tables and sinks around the stages of its SQL.
 */
package io.hydrant.sql.kda.job;
