package io.hydrant.localstack.harness.process;

import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the process that one build is: the outermost Maven above this JVM, else this JVM itself.
 *
 * <p>Surefire and Failsafe fork a JVM per module; what they share lives as long as the Maven
 * process above them. In an IDE there is none, and the test JVM is the build.
 */
public final class BuildOwner {

    /** The class that starts Maven 3 and 4, in the command line of either. */
    private static final String MAVEN_MAIN = "org.codehaus.plexus.classworlds.launcher.Launcher";

    private BuildOwner() {}

    /**
     * The process whose end is the end of this build.
     *
     * @return a living process
     */
    public static ProcessIdentity find() {
        return find(
                ProcessHandle.current(),
                ProcessHandle::parent,
                handle -> handle.info().commandLine().orElse(""),
                ProcessHandle::pid);
    }

    static <P> ProcessIdentity find(
            P self,
            Function<P, Optional<P>> parent,
            Function<P, String> commandLine,
            Function<P, Long> pid) {
        P owner = self;
        for (Optional<P> p = parent.apply(self); p.isPresent(); p = parent.apply(p.get())) {
            if (commandLine.apply(p.get()).contains(MAVEN_MAIN)) {
                owner = p.get();
            }
        }
        long found = pid.apply(owner);
        return ProcessIdentity.of(found).orElseGet(ProcessIdentity::ofThisProcess);
    }
}
