/** Runs an application on files, the same each time. */
package io.hydrant.sql.kda.tryout;
