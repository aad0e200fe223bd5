package io.orrery.store.jdbc;

final class OnMariadbTest extends JdbcStoreTest {

    OnMariadbTest() {
        super(Backend.MARIADB, Backend.Pool.DBCP);
    }
}
