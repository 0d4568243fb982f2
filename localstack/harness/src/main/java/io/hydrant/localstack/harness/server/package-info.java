/** Starts, finds and ends a LocalStack in the form that this machine offers. */
package io.hydrant.localstack.harness.server;
