package io.hydrant.jobs.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A configuration of the agent's as somebody has one, with the files that it follows, and the
 * records that have to come of them; from a text of {@code src/test/resources/agent-shapes}.
 *
 * <p>The text has parts, each behind a line that begins with {@code >>>}: {@code agent.json}; a
 * {@code file} as it is when the job starts, {@code with carriage returns} or without; a line by
 * which a file {@code grows} afterwards; and for each {@code stream} and {@code delivery} stream
 * its records, each behind {@code =}, their further lines behind {@code +}. In files and records,
 * <code>${ab*3}</code> is {@code ababab}.
 *
 * @param name of the text
 * @param agent the configuration, with a place for the directory of the files
 * @param files by name
 * @param grows lines to come, by name of the file
 * @param outputs what has to arrive
 */
record AgentShape(
        String name,
        String agent,
        Map<String, String> files,
        Map<String, String> grows,
        List<Output> outputs) {

    private static final Path SHAPES = Path.of("src", "test", "resources", "agent-shapes");
    private static final String PART = ">>> ";
    private static final String RETURNS = " with carriage returns";
    private static final Pattern TIMES = Pattern.compile("\\$\\{([^}*]+)\\*(\\d+)}");

    /**
     * What has to arrive in a stream.
     *
     * @param stream its name
     * @param isDelivery whether it is one of Firehose
     * @param repeated whether it may arrive several times, as often as the file grew
     * @param anyOrder whether order says nothing, as it does where files are several
     * @param keysOfContent whether partition keys are those of DETERMINISTIC
     * @param records the records
     */
    record Output(
            String stream,
            boolean isDelivery,
            boolean repeated,
            boolean anyOrder,
            boolean keysOfContent,
            List<String> records) {}

    static List<AgentShape> all() throws IOException {
        try (Stream<Path> texts = Files.list(SHAPES)) {
            List<AgentShape> shapes = new ArrayList<>();
            for (Path text : texts.sorted().toList()) {
                shapes.add(read(text));
            }
            return shapes;
        }
    }

    /** The configuration for files in a directory. */
    String agentFor(Path logs) {
        return agent.replace("${logs}", logs.toString());
    }

    private static AgentShape read(Path text) throws IOException {
        String agent = "";
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> grows = new LinkedHashMap<>();
        List<Output> outputs = new ArrayList<>();
        String[] parts = ("\n" + Files.readString(text)).split("\n" + PART, -1);
        for (String part : List.of(parts).subList(1, parts.length)) {
            int end = part.indexOf('\n');
            String head = part.substring(0, end);
            String body = part.substring(end + 1) + (part.endsWith("\n") ? "" : "\n");
            String[] words = head.split(" ", -1);
            switch (words[0]) {
                case "agent.json" -> agent = body;
                case "file" ->
                        files.put(
                                words[1],
                                head.endsWith(RETURNS)
                                        ? body.replace("\n", "\r\n")
                                        : repeated(body));
                case "grows" -> grows.put(words[1], body);
                case "stream", "delivery" -> outputs.add(output(head, words, repeated(body)));
                default -> throw new IllegalArgumentException(text + " has a part " + head);
            }
        }
        return new AgentShape(text.getFileName().toString(), agent, files, grows, outputs);
    }

    private static String repeated(String text) {
        return TIMES.matcher(text)
                .replaceAll(part -> part.group(1).repeat(Integer.parseInt(part.group(2))));
    }

    private static Output output(String head, String[] words, String body) {
        List<String> records = new ArrayList<>();
        for (String line : body.split("\n", -1)) {
            int last = records.size() - 1;
            if (line.startsWith("= ")) {
                records.add(line.substring(2) + "\n");
            } else if (line.startsWith("+ ")) {
                records.set(last, records.get(last) + line.substring(2) + "\n");
            } else if (line.startsWith("\\ no line feed")) {
                records.set(last, records.get(last).stripTrailing());
            } else if (!line.isEmpty()) {
                throw new IllegalArgumentException(head + " has a line " + line);
            }
        }
        return new Output(
                words[1],
                words[0].equals("delivery"),
                head.endsWith(" repeated"),
                head.endsWith(" any order"),
                head.endsWith(" keys of content"),
                records);
    }
}
