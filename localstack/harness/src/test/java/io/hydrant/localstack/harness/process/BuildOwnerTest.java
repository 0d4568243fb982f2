package io.hydrant.localstack.harness.process;

import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class BuildOwnerTest {

    private static final String MAVEN =
            "java -classpath plexus-classworlds.jar"
                    + " org.codehaus.plexus.classworlds.launcher.Launcher verify";

    /** A process that only exists here; all have the number of this JVM, which is alive. */
    private record Node(String commandLine, Node parent) {}

    @Test
    void isTheOutermostMavenAboveTheTest() {
        Node outer = new Node(MAVEN, new Node("bash", null));
        Node inner = new Node(MAVEN, new Node("java surefire", outer));

        assertThat(ownerOf(new Node("java surefire", new Node("sh -c", inner)))).isSameAs(outer);
    }

    @Test
    void isTheTestItselfWhereNoMavenIsAbove() {
        Node test = new Node("java com.intellij.rt.junit", new Node("idea", null));

        assertThat(ownerOf(test)).isSameAs(test);
    }

    private static Node ownerOf(Node test) {
        Node[] asked = new Node[1];
        BuildOwner.find(
                test,
                node -> Optional.ofNullable(node.parent()),
                Node::commandLine,
                node -> {
                    asked[0] = node;
                    return ProcessHandle.current().pid();
                });
        return asked[0];
    }
}
