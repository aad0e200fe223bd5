package io.orrery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with workflow files. */
public record Workspace(Path folder) {

    /** Writes a workflow file with these lines below {@code jobs:}. */
    public Path jobs(String jobs) {
        return file("flow.orrery.yaml", "version: 1\nname: flow\njobs:\n" + jobs.indent(2));
    }

    /** Writes a file. */
    public Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path in it. */
    public Path path(String name) {
        return folder.resolve(name);
    }
}
