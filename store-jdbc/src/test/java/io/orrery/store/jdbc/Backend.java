package io.orrery.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.h2.jdbcx.JdbcConnectionPool;

/** The databases that the tests run on, each started once. */
enum Backend {
    H2,
    POSTGRESQL,
    MARIADB;

    /** How connections are had. */
    enum Pool {
        HIKARI,
        HIKARI_WITHOUT_AUTOCOMMIT,
        DBCP,
        TOMCAT_WITHOUT_AUTOCOMMIT,
        H2_POOL
    }

    private static final Map<Backend, String> URLS = new EnumMap<>(Backend.class);
    private static final Set<String> CLEARED = ConcurrentHashMap.newKeySet();

    /** Where it is. */
    String url() {
        synchronized (URLS) {
            return URLS.computeIfAbsent(this, backend -> switch (backend) {
                case H2 -> "jdbc:h2:file:" + folder() + "/orrery";
                case POSTGRESQL -> Servers.postgres().url;
                case MARIADB -> Servers.mariadb().url;
            });
        }
    }

    /** Empties the tables of a store, if it has been opened in this database before. */
    void clear(DataSource source, String prefix) throws SQLException {
        if (!CLEARED.add(this + prefix)) {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                for (String table : List.of("schedule", "fire", "run", "tally", "node", "limit")) {
                    statement.execute("delete from " + prefix + table);
                }
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            }
        }
    }

    private static String folder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "orrery-h2")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections, at most so many; to be closed. */
    Connections connections(Pool pool, int most) {
        return switch (pool) {
            case HIKARI, HIKARI_WITHOUT_AUTOCOMMIT -> hikari(pool == Pool.HIKARI, most);
            case DBCP -> dbcp(most);
            case TOMCAT_WITHOUT_AUTOCOMMIT -> tomcat(most);
            case H2_POOL -> {
                var source = JdbcConnectionPool.create(url(), "sa", "");
                source.setMaxConnections(most);
                yield new Connections(source, source::dispose);
            }
        };
    }

    private Connections hikari(boolean autoCommit, int most) {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setAutoCommit(autoCommit);
        if (this == H2) {
            config.setUsername("sa");
            config.setPassword("");
        }
        var source = new HikariDataSource(config);
        return new Connections(source, source::close);
    }

    private Connections dbcp(int most) {
        var source = new BasicDataSource();
        source.setUrl(url());
        source.setMaxTotal(most);
        if (this == H2) {
            source.setUsername("sa");
            source.setPassword("");
        }
        return new Connections(source, () -> {
            try {
                source.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Connections tomcat(int most) {
        var properties = new PoolProperties();
        properties.setUrl(url());
        properties.setMaxActive(most);
        properties.setMinIdle(0);
        properties.setInitialSize(0);
        properties.setDefaultAutoCommit(false);
        properties.setTimeBetweenEvictionRunsMillis(0);
        if (this == H2) {
            properties.setUsername("sa");
            properties.setPassword("");
        }
        var source = new org.apache.tomcat.jdbc.pool.DataSource(properties);
        return new Connections(source, () -> source.close(true));
    }

    /** A data source, and how to close it. */
    record Connections(DataSource source, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }
}
