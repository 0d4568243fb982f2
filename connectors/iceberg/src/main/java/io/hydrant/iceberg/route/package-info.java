/** Says to which table a record goes, and what it does there. */
package io.hydrant.iceberg.route;
