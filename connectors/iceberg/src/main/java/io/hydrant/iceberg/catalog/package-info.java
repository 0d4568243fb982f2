/** Finds Iceberg's catalogs, and tables in them. */
package io.hydrant.iceberg.catalog;
