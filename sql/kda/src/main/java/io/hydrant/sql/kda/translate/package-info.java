/** The trees of an application's SQL become stages of Flink SQL. */
package io.hydrant.sql.kda.translate;
