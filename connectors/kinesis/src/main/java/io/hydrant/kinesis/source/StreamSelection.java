package io.hydrant.kinesis.source;

import io.hydrant.kinesis.stream.StreamArn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which streams a source reads.
 *
 * <p>Streams that are named begin at the initial position, also one that was added to the selection
 * of a job that is restored. Streams that a pattern finds after the job began are read from their
 * first record. What state holds of a stream that is selected no more is left out at restore.
 */
public sealed interface StreamSelection extends Serializable {

    /** Whether the stream is one of them. */
    boolean selects(StreamArn stream);

    /** Streams by ARN; they may be of several regions and accounts. */
    static StreamSelection arns(Collection<StreamArn> arns) {
        return new Listed(List.copyOf(arns), List.of());
    }

    /** Streams by ARN; they may be of several regions and accounts. */
    static StreamSelection arns(StreamArn... arns) {
        return arns(List.of(arns));
    }

    /** Streams by name, in the account and the region that the AWS configuration says. */
    static StreamSelection names(Collection<String> names) {
        return new Listed(List.of(), List.copyOf(names));
    }

    /** Streams by name, in the account and the region that the AWS configuration says. */
    static StreamSelection names(String... names) {
        return names(List.of(names));
    }

    /**
     * Streams of which each is given by ARN or by name.
     *
     * @throws IllegalArgumentException naming the one that is neither
     */
    static StreamSelection of(Collection<String> arnsOrNames) {
        List<StreamArn> arns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String each : arnsOrNames) {
            if (each.startsWith("arn:")) {
                arns.add(StreamArn.parseReadable(each));
            } else {
                names.add(each);
            }
        }
        return new Listed(arns, names);
    }

    /**
     * All streams of the account and the region whose whole name matches, those that are made while
     * the job runs included.
     *
     * @param regex a regular expression of {@link Pattern}
     * @throws IllegalArgumentException when it is none
     */
    static StreamSelection pattern(String regex) {
        return new Matching(regex);
    }

    /**
     * Streams that are named one by one.
     *
     * @param arns streams known by ARN
     * @param names streams known by name, whose ARN is asked for at the start
     */
    record Listed(List<StreamArn> arns, List<String> names) implements StreamSelection {

        private static final Pattern NAME = Pattern.compile("[\\w.-]{1,128}");

        /** Validates, and leaves out what is named twice. */
        public Listed {
            arns = List.copyOf(new LinkedHashSet<>(arns));
            names = List.copyOf(new LinkedHashSet<>(names));
            if (arns.isEmpty() && names.isEmpty()) {
                throw new IllegalArgumentException(
                        "No stream is selected; name at least one by ARN or name, or give a pattern");
            }
            for (String name : names) {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            "'"
                                    + name
                                    + "' is no name of a stream; one has 1 to 128 letters, digits,"
                                    + " '_', '.' and '-'");
                }
            }
        }

        @Override
        public boolean selects(StreamArn stream) {
            return arns.contains(stream)
                    || (!stream.isOfTable() && names.contains(stream.stream()));
        }

        /** The names for which none of these is the stream. */
        public List<String> namesWithout(Set<StreamArn> known) {
            return names.stream()
                    .filter(name -> known.stream().noneMatch(arn -> isNamed(arn, name)))
                    .toList();
        }

        /** A stream that is given by ARN does not stand for another region's of the same name. */
        private boolean isNamed(StreamArn arn, String name) {
            return arn.stream().equals(name) && !arn.isOfTable() && !arns.contains(arn);
        }

        @Override
        public String toString() {
            List<String> all = new ArrayList<>(names);
            arns.forEach(arn -> all.add(arn.toString()));
            return String.join(", ", all);
        }
    }

    /**
     * Streams by a pattern of their name.
     *
     * @param regex the pattern as it was given
     */
    record Matching(String regex) implements StreamSelection {

        /** Validates the pattern. */
        public Matching {
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'"
                                + regex
                                + "' is no regular expression for names of streams: "
                                + e.getDescription()
                                + "; one is for example orders-.*",
                        e);
            }
        }

        /** The compiled pattern. */
        public Pattern pattern() {
            return Pattern.compile(regex);
        }

        @Override
        public boolean selects(StreamArn stream) {
            return !stream.isOfTable() && pattern().matcher(stream.stream()).matches();
        }

        @Override
        public String toString() {
            return "streams that match " + regex;
        }
    }
}
