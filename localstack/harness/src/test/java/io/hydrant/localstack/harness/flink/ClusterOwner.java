package io.hydrant.localstack.harness.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.process.ProcessIdentity;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** A process that starts a cluster, tells its processes, and waits to be killed. */
final class ClusterOwner {

    static final String PROCESS = "process ";
    static final String STARTED = "started";

    private ClusterOwner() {}

    @SuppressWarnings("checkstyle:systemOut")
    public static void main(String[] arguments) throws IOException {
        FlinkCluster cluster =
                FlinkCluster.builder(FlinkHome.find(Progress.onStandardError())).start();
        for (ProcessIdentity process : cluster.processes()) {
            System.out.println(PROCESS + process);
        }
        System.out.println(STARTED);
        while (true) {
            LockSupport.park();
        }
    }
}
