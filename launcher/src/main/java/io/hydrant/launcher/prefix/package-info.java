/** {@code hydrant prefix}. */
package io.hydrant.launcher.prefix;
