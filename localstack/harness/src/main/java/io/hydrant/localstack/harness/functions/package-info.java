/** Lambda functions in Node.js and Python that really run, behind Lambda's Invoke. */
package io.hydrant.localstack.harness.functions;
