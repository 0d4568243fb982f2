/**
 * The delivery job: a Firehose stream's configuration in, the corridor from Kinesis to S3 out.
 *
 * <pre>
 *   --config, --set ──┐
 *                     ├─> DeliveryArguments ─> PlanResolver ─> DeliveryPlan ─> DeliveryPipeline ─> Flink
 *   property group ───┘                                             └─> PlanText (--dry-run)
 * </pre>
 */
package io.hydrant.jobs.delivery;
