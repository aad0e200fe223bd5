package io.orrery.store.jdbc;

import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import io.orrery.store.jdbc.Backend.Pool;
import io.orrery.testkit.StoreContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every store has to do, on each database, through three pools each, with autocommit on and off. */
@Spec("D-001")
@Timeout(120)
final class JdbcStoreContractTest {

    abstract static class Contract extends StoreContract {
        private final Backend backend;
        private final Pool pool;
        private final List<Backend.Connections> connections = new ArrayList<>();

        Contract(Backend backend, Pool pool) {
            this.backend = backend;
            this.pool = pool;
        }

        @Override
        protected ScheduleStore fresh() throws Exception {
            var fresh = backend.connections(pool, 4);
            connections.add(fresh);
            backend.clear(fresh.source(), "contract_");
            return JdbcStore.on(fresh.source()).prefix("contract_");
        }

        /** Later than the contract, which closes the store. */
        @RegisterExtension
        final AfterEachCallback closing = _ -> connections.forEach(Backend.Connections::close);
    }

    @Nested
    final class OnH2 extends Contract {
        OnH2() {
            super(Backend.H2, Pool.HIKARI);
        }
    }

    @Nested
    final class OnH2ByItsOwnPool extends Contract {
        OnH2ByItsOwnPool() {
            super(Backend.H2, Pool.H2_POOL);
        }
    }

    @Nested
    final class OnPostgres extends Contract {
        OnPostgres() {
            super(Backend.POSTGRESQL, Pool.HIKARI);
        }
    }

    @Nested
    final class OnPostgresWithoutAutocommit extends Contract {
        OnPostgresWithoutAutocommit() {
            super(Backend.POSTGRESQL, Pool.HIKARI_WITHOUT_AUTOCOMMIT);
        }
    }

    @Nested
    final class OnPostgresByDbcp extends Contract {
        OnPostgresByDbcp() {
            super(Backend.POSTGRESQL, Pool.DBCP);
        }
    }

    @Nested
    final class OnMariadb extends Contract {
        OnMariadb() {
            super(Backend.MARIADB, Pool.HIKARI_WITHOUT_AUTOCOMMIT);
        }
    }

    @Nested
    final class OnMariadbByDbcp extends Contract {
        OnMariadbByDbcp() {
            super(Backend.MARIADB, Pool.DBCP);
        }
    }

    @Nested
    final class OnH2ByTomcatWithoutAutocommit extends Contract {
        OnH2ByTomcatWithoutAutocommit() {
            super(Backend.H2, Pool.TOMCAT_WITHOUT_AUTOCOMMIT);
        }
    }

    @Nested
    final class OnPostgresByTomcatWithoutAutocommit extends Contract {
        OnPostgresByTomcatWithoutAutocommit() {
            super(Backend.POSTGRESQL, Pool.TOMCAT_WITHOUT_AUTOCOMMIT);
        }
    }

    @Nested
    final class OnMariadbByTomcatWithoutAutocommit extends Contract {
        OnMariadbByTomcatWithoutAutocommit() {
            super(Backend.MARIADB, Pool.TOMCAT_WITHOUT_AUTOCOMMIT);
        }
    }
}
