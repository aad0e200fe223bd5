import com.palantir.javaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks ({@code check}) or mends ({@code apply}) the format of all Java files below the current folder with palantir-java-format. Run by the
 * build from source; it exists to choose the files and to say what to do, the formatting is {@link Main}'s.
 */
final class Format {
    private Format() {}

    public static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        var options = apply
                ? Stream.of("--palantir", "--replace")
                : Stream.of("--palantir", "--dry-run", "--set-exit-if-changed");
        var out = new PrintWriter(System.out, true);
        var formatter = new Main(out, new PrintWriter(System.err, true), System.in);

        int status =
                formatter.format(Stream.concat(options, javaFiles().stream()).toArray(String[]::new));
        out.flush();
        if (status != 0 && !apply) {
            System.err.println("The files above are not formatted: config/format formats them.");
        }
        System.exit(status);
    }

    /** In a fixed order, so that two machines say the same. */
    private static List<String> javaFiles() throws IOException {
        var files = new ArrayList<String>();
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file.toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }
}
