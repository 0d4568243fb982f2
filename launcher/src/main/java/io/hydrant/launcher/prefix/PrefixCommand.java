package io.hydrant.launcher.prefix;

import io.hydrant.core.text.ByteOrderMark;
import io.hydrant.delivery.partition.PartitionKeys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code hydrant prefix}: shows what a prefix becomes, without a stream and without records. */
@Command(
        name = "prefix",
        mixinStandardHelpOptions = true,
        description =
                "Evaluate the prefix of a delivery stream, and its error prefix, as object "
                        + "names would have them.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:evaluated",
            "1:a prefix breaks a rule, which is printed",
            "2:the arguments make no case"
        })
public final class PrefixCommand implements Callable<Integer> {

    private static final int REFUSED = 1;

    @Spec private CommandSpec spec;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Firehose's Prefix, such as in/!{timestamp:yyyy-MM-dd}/. Default: none.")
    private String prefix;

    @Option(
            names = "--error-prefix",
            paramLabel = "PREFIX",
            description = "Firehose's ErrorOutputPrefix. Default: none.")
    private String errorPrefix;

    @Option(
            names = "--error-type",
            paramLabel = "TYPE",
            description =
                    "What !{firehose:error-output-type} is, such as processing-failed (the default"
                            + " where there is an error prefix).")
    private String errorType;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "Arrival of the oldest record in the object, such as 2018-08-27T10:30:00Z.")
    private String at;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Firehose's CustomTimeZone. Default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(
            names = "--query-key",
            paramLabel = "KEY=VALUE",
            description = "A key for !{partitionKeyFromQuery:KEY} and its value; may be repeated.")
    private Map<String, String> queryKeys = new LinkedHashMap<>();

    @Option(
            names = "--lambda-key",
            paramLabel = "KEY=VALUE",
            description = "A key for !{partitionKeyFromLambda:KEY} and its value; may be repeated.")
    private Map<String, String> lambdaKeys = new LinkedHashMap<>();

    @Option(
            names = "--cases",
            paramLabel = "FILE",
            description =
                    "Many cases instead, one JSON object a line with the fields prefix, "
                            + "error-prefix, error-type, at, zone, query-key and lambda-key (objects). Each "
                            + "gives a line with prefix and error-prefix, or with error.")
    private Path cases;

    @Override
    public Integer call() throws IOException {
        return cases == null ? one() : many();
    }

    private int one() {
        if (at == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at is missing, the arrival of the object's oldest record: --at 2018-08-27T10:30:00Z");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            PrefixCase question =
                    new PrefixCase(
                            prefix,
                            errorPrefix,
                            errorType,
                            PrefixCaseReader.instant(at),
                            zone,
                            new PartitionKeys(queryKeys, lambdaKeys));
            PrefixCase.Answer answer = question.evaluate();
            out.println(answer.prefix());
            if (answer.errorPrefix() != null) {
                out.println(answer.errorPrefix());
            } else if (question.lacksErrorPrefix()) {
                err.println(
                        "Note: a stream with this prefix needs an error prefix, since it holds an expression");
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return REFUSED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int many() throws IOException {
        int code = 0;
        PrintWriter out = spec.commandLine().getOut();
        try (BufferedReader lines = Files.newBufferedReader(cases, StandardCharsets.UTF_8)) {
            boolean first = true;
            for (String read = lines.readLine(); read != null; read = lines.readLine()) {
                String line = first ? ByteOrderMark.skip(read) : read;
                first = false;
                if (line.isBlank()) {
                    continue;
                }
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                try {
                    PrefixCase.Answer answer = PrefixCaseReader.read(line).evaluate();
                    result.put("prefix", answer.prefix());
                    if (answer.errorPrefix() != null) {
                        result.put("error-prefix", answer.errorPrefix());
                    }
                } catch (IllegalArgumentException e) {
                    result.put("error", e.getMessage());
                    code = REFUSED;
                }
                out.println(result);
            }
        } catch (NoSuchFileException e) {
            throw new ParameterException(
                    spec.commandLine(), "There is no file " + e.getFile() + " for --cases", e);
        }
        out.flush();
        return code;
    }
}
