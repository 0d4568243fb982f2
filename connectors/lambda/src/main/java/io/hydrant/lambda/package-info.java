/**
 * AWS Lambda functions as transforms, by the contract that Firehose has with them.
 *
 * <p>Source: Firehose developer guide, "Transform source data", "Required parameters for data
 * transformation", "Handle failure in data transformation" and the Lambda invocation errors of
 * "Monitor using CloudWatch Logs".
 */
package io.hydrant.lambda;
