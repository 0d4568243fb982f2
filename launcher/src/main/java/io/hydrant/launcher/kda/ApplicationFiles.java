package io.hydrant.launcher.kda;

import io.hydrant.core.text.ByteOrderMark;
import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.application.ReferenceTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An application as its files describe it.
 *
 * @param codeName what to call its SQL in a message
 * @param code its SQL
 * @param application what surrounds that; a table whose rows are not at hand has no file
 * @param directory what files of reference tables are relative to
 */
record ApplicationFiles(String codeName, String code, KdaApplication application, Path directory) {

    /** The schema of a test, and the SQL beside it. */
    static ApplicationFiles ofSchema(Path schema, Path code, Map<String, Path> references)
            throws IOException, Unusable {
        if (code == null) {
            throw new Unusable("--schema needs the application's SQL beside it, by --code");
        }
        KdaApplication read =
                ApplicationDocument.readSchema(schema.toString(), Files.readString(schema));
        return of(code.toString(), Files.readString(code), read, schema, references);
    }

    /** A document of the service, or a template, and the SQL in it or beside it. */
    static ApplicationFiles ofApplication(Path document, Path code, Map<String, Path> references)
            throws IOException, Unusable {
        KdaApplication read =
                ApplicationDocument.readApplication(
                        document.toString(), Files.readString(document));
        boolean hasCode = read.code() != null && !read.code().isBlank();
        if (code == null && !hasCode) {
            throw new Unusable(document + " holds no SQL; name the file that does by --code");
        }
        if (code != null && hasCode) {
            throw new Unusable(
                    document + " holds SQL itself; leave out --code, or take it out there");
        }
        return code == null
                ? of("the SQL of " + document, read.code(), read, document, references)
                : of(code.toString(), Files.readString(code), read, document, references);
    }

    private static ApplicationFiles of(
            String codeName,
            String written,
            KdaApplication read,
            Path document,
            Map<String, Path> references)
            throws Unusable {
        String code = ByteOrderMark.skip(written);
        Map<String, Path> left = new HashMap<>(references);
        List<ReferenceTable> tables = new ArrayList<>();
        for (ReferenceTable table : read.references()) {
            Path file = left.remove(table.name());
            tables.add(
                    file == null
                            ? table
                            : new ReferenceTable(
                                    table.name(),
                                    table.schema(),
                                    file.toAbsolutePath().toString(),
                                    null,
                                    null));
        }
        if (!left.isEmpty()) {
            throw new Unusable(
                    "--reference "
                            + left.keySet().iterator().next()
                            + ": "
                            + document
                            + " has no reference table of that name; it has "
                            + read.references().stream().map(ReferenceTable::name).toList());
        }
        KdaApplication application =
                new KdaApplication(
                        read.name(),
                        read.arn(),
                        code,
                        read.inputs(),
                        tables,
                        read.outputs(),
                        read.options());
        return new ApplicationFiles(
                codeName, code, application, document.toAbsolutePath().getParent());
    }

    /** A reference table whose rows are not at hand, or null. */
    String tableWithoutRows() {
        return application.references().stream()
                .filter(table -> table.file() == null)
                .map(ReferenceTable::name)
                .findFirst()
                .orElse(null);
    }

    /** Says what is wrong with the files that were named. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
