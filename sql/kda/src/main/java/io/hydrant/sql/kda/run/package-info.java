/** The stages of a translated application as a Flink job. */
package io.hydrant.sql.kda.run;
