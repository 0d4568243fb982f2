package io.hydrant.cloudwatch;

import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * One value of one metric of a delivery stream.
 *
 * @param deliveryStream the dimension DeliveryStreamName
 * @param name Firehose's name of the metric
 * @param unit what the value counts
 * @param value the value
 */
record Datum(String deliveryStream, String name, StandardUnit unit, double value) {}
