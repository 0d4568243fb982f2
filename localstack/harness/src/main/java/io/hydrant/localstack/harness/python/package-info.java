/** The Python of this machine, its virtual environments and its package client. */
package io.hydrant.localstack.harness.python;
