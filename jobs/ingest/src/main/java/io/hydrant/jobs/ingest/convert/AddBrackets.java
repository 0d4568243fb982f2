package io.hydrant.jobs.ingest.convert;

/** ADDBRACKETS: the record, with its line feed, between curly brackets. */
public record AddBrackets() implements Conversion {

    @Override
    public String convert(String record) {
        return "{" + record + "}";
    }

    @Override
    public boolean endsLine() {
        return false;
    }
}
