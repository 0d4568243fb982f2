/** The folder outside the source tree that keeps what was downloaded or assembled once. */
package io.hydrant.localstack.harness.cache;
