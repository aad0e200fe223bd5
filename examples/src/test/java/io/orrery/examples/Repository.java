package io.orrery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/** A git repository of a test, or another one, and its figures in the eyes of Java. */
record Repository(Path folder) {

    /** A new repository without commits. */
    static Repository init(Path folder) throws Exception {
        Files.createDirectories(folder);
        var repository = new Repository(folder);
        repository.git("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    Repository write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    Repository commit(String author) throws Exception {
        git("add", "--all");
        git(
                "-c",
                "user.name=" + author,
                "-c",
                "user.email=somebody@example.org",
                "commit",
                "--quiet",
                "--message=change");
        return this;
    }

    /** Runs git in it, untouched by what its user has configured. */
    byte[] git(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
        var process = builder.start();
        var output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with " + process.exitValue());
        }
        return output;
    }

    long commits() throws Exception {
        return Long.parseLong(new String(git("rev-list", "--count", "HEAD"), UTF_8).strip());
    }

    /** The files of the current commit. */
    Map<String, byte[]> files() throws Exception {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(git("archive", "--format=zip", "HEAD")))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    /** The lines of the text files among them. */
    List<String> lines() throws Exception {
        return files().values().stream()
                .map(bytes -> new String(bytes, UTF_8))
                .filter(text -> text.lastIndexOf('\0', 8_000) < 0)
                .flatMap(text -> text.isEmpty() ? List.<String>of().stream() : List.of(text.split("\n")).stream())
                .toList();
    }
}
