package io.hydrant.localstack.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the benchmarks find what the build made, and leave their pages. */
final class Checkout {

    private static final String ROOT_PROPERTY = "hydrant.root";

    private Checkout() {}

    /** The checkout; the launcher names it. */
    static Path root() {
        String root = System.getProperty(ROOT_PROPERTY);
        if (root == null) {
            throw new IllegalStateException(
                    "The system property "
                            + ROOT_PROPERTY
                            + " must name the checkout; ./hydrant sets it");
        }
        return Path.of(root);
    }

    /** The folder of this module. */
    static Path module() {
        return root().resolve("localstack").resolve("bench");
    }

    /** A page of results that is kept. */
    static Path resultPage(String name) {
        return module().resolve("results").resolve(name);
    }

    /** The folder or jar that this module's classes are in. */
    static Path ownClasses() throws IOException {
        try {
            return Path.of(
                    Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("The place of this module's classes is no path", e);
        }
    }
}
