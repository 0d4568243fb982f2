package io.hydrant.delivery.redrive;

import java.io.IOException;

/** Asks whether it is noted somewhere that a redrive is through. */
@FunctionalInterface
public interface SettledCheck {

    /** Whether it is, as the note says now and not when it was last looked at. */
    boolean isSettled() throws IOException, InterruptedException;
}
