package io.orrery.store.jdbc;

final class OnPostgresWithoutAutocommitTest extends JdbcStoreTest {

    OnPostgresWithoutAutocommitTest() {
        super(Backend.POSTGRESQL, Backend.Pool.HIKARI_WITHOUT_AUTOCOMMIT);
    }
}
