/** The front doors under measure: files that are followed, and a gateway that is put to. */
package io.hydrant.localstack.bench.ingest;
