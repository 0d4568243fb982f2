package io.hydrant.sql.kda.application;

import java.io.Serializable;

/**
 * Something of AWS' that an application reads or writes.
 *
 * @param service what it is
 * @param arn its Amazon Resource Name
 */
public record Resource(Service service, String arn) implements Serializable {

    /** What an application may be connected to. */
    public enum Service {
        /** A Kinesis data stream. */
        KINESIS("kinesis:[a-z0-9-]+:\\d{12}:stream/[A-Za-z0-9_.-]+"),
        /** A Firehose delivery stream. */
        FIREHOSE("firehose:[a-z0-9-]+:\\d{12}:deliverystream/[A-Za-z0-9_.-]+"),
        /** A Lambda function. */
        LAMBDA("lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_$:.-]+");

        private final String form;

        Service(String form) {
            this.form = "arn:[a-z0-9-]+:" + form;
        }

        String form() {
            return form;
        }
    }

    /** The resource of an ARN; null where it is of nothing that an application may know. */
    static Resource parse(String arn) {
        for (Service service : Service.values()) {
            if (arn.matches(service.form())) {
                return new Resource(service, arn);
            }
        }
        return null;
    }

    /** The region that it is in. */
    public String region() {
        return arn.split(":", -1)[3];
    }

    /** The account that it belongs to. */
    public String account() {
        return arn.split(":", -1)[4];
    }

    /** The name of a stream. */
    public String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
