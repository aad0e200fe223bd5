package io.orrery.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A graph as a file for Graphviz, and pictures made of it by its program {@code dot}, if that is installed. Immutable.
 */
public final class DotFile {

    private static final Pattern FORMAT = Pattern.compile("[a-z][a-z0-9]*");

    private final GraphText graph;
    private final String program;

    private DotFile(GraphText graph, String program) {
        this.graph = graph;
        this.program = program;
    }

    /** A file of that graph; pictures are made by the {@code dot} that is found as commands are. */
    public static DotFile of(GraphText graph) {
        return new DotFile(graph, "dot");
    }

    /** Makes pictures with another program than the {@code dot} that is found as commands are: a name or a path. */
    public DotFile program(String program) {
        return new DotFile(graph, program);
    }

    /**
     * Writes the graph, in UTF-8, over what was there.
     *
     * @return {@code file}
     * @throws IOException if it can't be written
     */
    public Path write(Path file) throws IOException {
        return Files.write(file, graph.dot().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Makes a picture. The graph is written to {@code base} with {@code .dot} appended, and stays there; the picture is
     * {@code base} with a dot and the format appended.
     *
     * @param format what {@code dot -T} takes, such as {@code svg} or {@code png}
     * @return the picture
     * @throws IllegalArgumentException if {@code format} is not the name of a format
     * @throws IOException if a file can't be written, the program can't be started, or it fails: the message has what it said
     * @throws InterruptedException if the thread is interrupted; the program is ended then
     */
    public Path render(Path base, String format) throws IOException, InterruptedException {
        if (!FORMAT.matcher(format).matches()) {
            throw new IllegalArgumentException(
                    "A format is a word of small letters and digits, but this is \"" + format + "\". Use svg or png.");
        }
        Path source = write(sibling(base, ".dot"));
        Path picture = sibling(base, "." + format);
        Path said = Files.createTempFile("orrery-dot", ".txt");
        try {
            Files.deleteIfExists(picture);
            run(
                    new ProcessBuilder(
                                    program,
                                    "-T" + format,
                                    "-o",
                                    picture.toAbsolutePath().toString(),
                                    source.toAbsolutePath().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile()),
                    said);
        } finally {
            Files.deleteIfExists(said);
        }
        if (!Files.exists(picture)) {
            throw new IOException(
                    "\"" + program + "\" ended without a failure, but made no " + picture + ". Is it Graphviz's dot?");
        }
        return picture;
    }

    private void run(ProcessBuilder command, Path said) throws IOException, InterruptedException {
        Process process;
        try {
            process = command.start();
        } catch (IOException e) {
            throw new IOException(
                    "Pictures are made by Graphviz, but \"" + program
                            + "\" can't be started. Install Graphviz, or write the .dot file only.",
                    e);
        }
        try {
            process.getOutputStream().close();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("\"" + String.join(" ", command.command()) + "\" failed with exit " + exit + ": "
                        + new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Path sibling(Path base, String suffix) {
        return base.resolveSibling(base.getFileName() + suffix);
    }
}
