package io.orrery.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/**
 * A mistake to be made in a copy of a source file.
 *
 * @param name what goes wrong
 * @param source the file
 * @param right what stands there once
 * @param wrong what is put in its place
 */
public record Plant(String name, Path source, String right, String wrong) {

    /** Compiles the file with the mistake in it. */
    public void compileInto(Path classes, String classPath) throws IOException {
        String text = Files.readString(source).replace("\r\n", "\n");
        int at = text.indexOf(right);
        if (at < 0 || text.indexOf(right, at + 1) >= 0) {
            throw new AssertionError("A mistake is planted where its text stands once, but " + source
                    + " has not exactly one \"" + right + "\". Change the list of mistakes as that file was changed.");
        }
        Path copy = classes.resolve("source").resolve(source.getFileName());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, text.replace(right, wrong));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-nowarn",
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath,
                        copy.toString());
        if (result != 0) {
            throw new AssertionError("This does not compile: " + name);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
