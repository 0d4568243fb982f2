package io.hydrant.infra;

import io.hydrant.infra.stack.AnalyticsStack;
import io.hydrant.infra.stack.DeliveryStack;
import io.hydrant.infra.stack.StreamStack;
import io.hydrant.infra.stack.WarehouseStack;

import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.StackProps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The app of the CDK: a {@link Deployment} in, templates of CloudFormation out, named {@code
 * NAME-stream.template.json} and likewise. They need no bootstrapped account, for they have no
 * assets.
 */
public final class Synthesis {

    /** Exit code where a document is refused, which is not a failure of the CDK. */
    private static final int REFUSED = 3;

    private Synthesis() {}

    /**
     * Writes the templates of a document.
     *
     * @param arguments the document's path, the folder for the templates, and what names of stacks
     *     begin with
     * @throws IOException if the document cannot be read
     */
    @SuppressWarnings("checkstyle:systemOut")
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: Synthesis DEPLOYMENT.JSON FOLDER NAME");
            System.exit(2);
        }
        try {
            synthesise(
                    Deployment.parse(Files.readString(Path.of(arguments[0]))),
                    Path.of(arguments[1]),
                    arguments[2]);
        } catch (IllegalArgumentException e) {
            System.err.println(arguments[0] + ": " + e.getMessage());
            System.exit(REFUSED);
        }
    }

    /**
     * Writes the templates.
     *
     * @param deployment what they are of
     * @param folder where they go
     * @param name what the names of the stacks begin with
     */
    public static void synthesise(Deployment deployment, Path folder, String name) {
        Rules.matching(
                "name",
                name,
                "[A-Za-z][A-Za-z0-9-]{0,110}",
                "a letter, then letters, digits and '-', at most 111");
        App app =
                new App(
                        AppProps.builder()
                                .outdir(folder.toString())
                                .analyticsReporting(false)
                                .treeMetadata(false)
                                .build());
        if (deployment.stream() != null) {
            new StreamStack(app, name + "-stream", stack("a stream"), deployment.stream());
        }
        if (deployment.delivery() != null) {
            new DeliveryStack(app, name + "-delivery", stack("a delivery"), deployment.delivery());
        }
        if (deployment.analytics() != null) {
            new AnalyticsStack(
                    app, name + "-analytics", stack("a job of SQL"), deployment.analytics());
        }
        if (deployment.warehouse() != null) {
            new WarehouseStack(
                    app, name + "-warehouse", stack("a warehouse"), deployment.warehouse());
        }
        app.synth();
    }

    private static StackProps stack(String what) {
        return StackProps.builder()
                .description("Hydrant: " + what)
                .synthesizer(new LegacyStackSynthesizer())
                .build();
    }
}
