package consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the program of the README takes for granted. */
class Stubs {
    final String source = "one\ntwo\n";

    static Path download(String source) throws IOException {
        return Files.writeString(Files.createTempFile("download", ".txt"), source);
    }

    static List<String> parse(Path path) throws IOException {
        var lines = Files.readAllLines(path);
        Files.delete(path);
        return lines;
    }

    static String render(List<String> rows) {
        return rows.size() + " rows";
    }

    static void mail() {}

    /** Until it is stopped. */
    static void tickEverySecond() throws InterruptedException {
        var stopped = new CountDownLatch(1);
        do {
            System.out.println("tick");
        } while (!stopped.await(1, TimeUnit.SECONDS));
    }
}
