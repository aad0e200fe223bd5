package io.orrery.benchmarks.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own that makes sure of each commit, and a look into it from outside. Used by one thread. */
final class Server implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "200",
            "shared_buffers", "512MB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min");

    private final @Nullable EmbeddedPostgres server; // null if another process has started it
    private final String url;
    private final Connection connection;

    private Server(@Nullable EmbeddedPostgres server, String url) throws SQLException {
        this.server = server;
        this.url = url;
        this.connection = DriverManager.getConnection(url);
    }

    /** Starts one. */
    static Server start() throws IOException, SQLException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60));
        SETTINGS.forEach(builder::setServerConfig);
        EmbeddedPostgres server = builder.start();
        var started = new Server(server, "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres");
        for (String setting : SETTINGS.keySet()) {
            started.require(setting);
        }
        return started;
    }

    /** One that another process has started. */
    static Server at(String url) throws SQLException {
        return new Server(null, url);
    }

    private void require(String setting) throws SQLException {
        String value = text("show " + setting);
        if (!value.equals(SETTINGS.get(setting))) {
            throw new IllegalStateException(
                    "The server was to have " + setting + " = " + SETTINGS.get(setting) + ", but has " + value + ".");
        }
    }

    String url() {
        return url;
    }

    /** A pool of so many connections; to be closed. */
    HikariDataSource pool(int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(url + "&reWriteBatchedInserts=true");
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    void execute(String statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The first column of the first row. */
    String text(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Whether a table is there. */
    boolean has(String table) throws SQLException {
        return text("select to_regclass('" + table + "') is not null").equals("t");
    }

    /** How many transactions have written something. */
    long writes() throws SQLException {
        return Long.parseLong(text("select pg_snapshot_xmax(pg_current_snapshot())"));
    }

    /** Puts everything in order, so that nobody pays for what others have left. */
    void settle() throws SQLException {
        execute("vacuum analyze");
        execute("checkpoint");
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        if (server != null) {
            server.close();
        }
    }
}
