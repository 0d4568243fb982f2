/** {@code hydrant try}. */
package io.hydrant.launcher.tryout;
