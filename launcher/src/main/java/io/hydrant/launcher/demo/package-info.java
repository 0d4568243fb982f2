/**
 * The whole corridor on one machine, with real data and a proof at the end: {@code ./hydrant demo}.
 */
package io.hydrant.launcher.demo;
