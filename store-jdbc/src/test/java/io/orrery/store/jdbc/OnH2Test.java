package io.orrery.store.jdbc;

final class OnH2Test extends JdbcStoreTest {

    OnH2Test() {
        super(Backend.H2, Backend.Pool.H2_POOL);
    }
}
