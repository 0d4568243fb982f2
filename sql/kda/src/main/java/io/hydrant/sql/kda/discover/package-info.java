/** Finds the schema of an application's input from samples of its records. */
package io.hydrant.sql.kda.discover;
