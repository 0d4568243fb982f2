/** What a test of any module writes to get a LocalStack, clients and names of its own. */
package io.hydrant.localstack.harness.junit;
