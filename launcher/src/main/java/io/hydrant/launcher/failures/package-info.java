/** Sums up why records failed, for the commands that run records through rooms. */
package io.hydrant.launcher.failures;
