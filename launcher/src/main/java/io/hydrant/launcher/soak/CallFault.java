package io.hydrant.launcher.soak;

import io.hydrant.localstack.fakes.http.Fault;
import io.hydrant.localstack.fakes.http.Faults;

import java.util.ArrayList;
import java.util.List;

/** A call of the Data API that is lost on its way there, or whose answer is on its way back. */
final class CallFault implements SoakFault {

    private static final List<String> ACTIONS =
            List.of("BatchExecuteStatement", "DescribeStatement", "GetStatementResult");

    /** The client repeats a call by itself, and is to be without an answer all the same. */
    private static final int TIMES = 4;

    private final Faults service;
    private final String action;
    private final Fault fault;
    private final String name;

    private CallFault(Faults service, String action, Fault fault, String name) {
        this.service = service;
        this.action = action;
        this.fault = fault;
        this.name = name;
    }

    /** Both losses of each call that a load makes. */
    static List<SoakFault> of(Faults service) {
        List<SoakFault> faults = new ArrayList<>();
        for (String action : ACTIONS) {
            faults.add(new CallFault(service, action, Fault.dropRequest(), action + " lost"));
            faults.add(
                    new CallFault(
                            service, action, Fault.dropAnswer(), "answer to " + action + " lost"));
        }
        return faults;
    }

    @Override
    public void arm() {
        service.next(action, TIMES, fault);
    }

    @Override
    public boolean hasFired() {
        return service.outstanding() == 0;
    }

    @Override
    public void disarm() {
        service.clear();
    }

    @Override
    public String toString() {
        return name;
    }
}
