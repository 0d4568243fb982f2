/** Runs the SQL of Kinesis Data Analytics applications on Flink, unchanged. */
package io.hydrant.sql.kda;
