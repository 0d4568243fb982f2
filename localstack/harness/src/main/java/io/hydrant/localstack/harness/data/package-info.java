/** Real data for tests, benchmarks and the demo, downloaded on demand into the cache. */
package io.hydrant.localstack.harness.data;
