/**
 * Processes that we start and that must not outlive who wanted them, even when that one is killed.
 */
package io.hydrant.localstack.harness.process;
