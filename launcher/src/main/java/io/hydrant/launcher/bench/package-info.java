/** {@code hydrant bench}. */
package io.hydrant.launcher.bench;
