/** {@code hydrant validate}. */
package io.hydrant.launcher.validate;
