/**
 * What surrounds the SQL of an application: where its records come from, how their bytes become
 * rows, which reference tables it joins and where its streams go.
 *
 * <p>Documents are AWS' own (CreateApplication and DescribeApplication of kinesisanalytics and of
 * kinesisanalyticsv2) and are read strictly; records are decoded by pure classes that know no job.
 */
package io.hydrant.sql.kda.application;
