package io.orrery.store.jdbc;

final class OnPostgresTest extends JdbcStoreTest {

    OnPostgresTest() {
        super(Backend.POSTGRESQL, Backend.Pool.HIKARI);
    }
}
