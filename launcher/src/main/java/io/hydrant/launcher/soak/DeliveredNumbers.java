package io.hydrant.launcher.soak;

import io.hydrant.jobs.delivery.DeliveryPlan;

import java.util.function.LongConsumer;

/** Reads back what was delivered, without the code that delivered it. */
interface DeliveredNumbers {

    /** Gives the number of every record that lies at the destination, as often as it does. */
    void forEach(DeliveryPlan plan, LongConsumer numbers) throws Exception;
}
