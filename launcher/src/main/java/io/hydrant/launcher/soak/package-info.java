/** Kills a delivery again and again and counts what came of it: {@code ./hydrant soak delivery}. */
package io.hydrant.launcher.soak;
