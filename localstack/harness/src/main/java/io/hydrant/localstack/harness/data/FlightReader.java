package io.hydrant.localstack.harness.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Reads flights from one file after the other, with one file open at a time. */
final class FlightReader implements Iterator<Flight>, AutoCloseable {

    private final Iterator<Path> files;
    private BufferedReader current;
    private String next;

    FlightReader(List<Path> files) {
        this.files = files.iterator();
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null) {
                if (current == null) {
                    if (!files.hasNext()) {
                        return false;
                    }
                    current = Files.newBufferedReader(files.next(), StandardCharsets.US_ASCII);
                }
                next = current.readLine();
                if (next == null) {
                    close();
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Flight next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String line = next;
        next = null;
        return Flight.parse(line);
    }

    @Override
    public void close() {
        try (BufferedReader closing = current) {
            current = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
