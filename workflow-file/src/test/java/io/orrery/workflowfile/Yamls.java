package io.orrery.workflowfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes workflow files for tests. */
final class Yamls {
    private Yamls() {}

    /** A file {@code test.yaml} in a folder. */
    static Path write(Path folder, String text) {
        return write(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(folder.resolve("test.yaml"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads a text, which has to be valid. */
    static WorkflowFile valid(Path folder, String text) {
        var file = WorkflowFile.load(write(folder, text));
        if (!file.isValid()) {
            throw new InvalidWorkflowFileException(file.path(), file.problems());
        }
        return file;
    }
}
