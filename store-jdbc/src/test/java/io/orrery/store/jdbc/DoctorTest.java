package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.store.StoreSite;
import io.orrery.spec.Spec;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is looked at while others write is that of one moment. */
@Timeout(120)
@Spec("GT34")
final class DoctorTest {

    @ParameterizedTest
    @EnumSource
    void what_changes_while_the_doctor_looks_is_no_finding_and_what_is_wrong_is_one(Backend backend) throws Exception {
        try (StoreFixture fixture = new StoreFixture(backend, "doctor_")) {
            JdbcStore busy = fixture.open("busy");
            var source = new FaultySource(fixture.source());
            JdbcStore looking = JdbcStore.on(source).prefix("doctor_");
            looking.open(new StoreSite("looking", "default", fixture.time, StoreFixture.LEASE, _ -> true, () -> {}));
            fixture.add(StoreFixture.once("a").mutex("key"));
            int isolation = isolation(fixture);
            source.before.set(new FaultySource.Before(
                    "select name, used from",
                    () -> assertThat(StoreFixture.take(busy)).hasSize(1)));

            assertThat(looking.doctor()).isEmpty();
            assertThat(source.before.get()).isNull();
            assertThat(busy.find("a").orElseThrow().running()).hasSize(1);
            assertThat(isolation(fixture)).isEqualTo(isolation);

            execute(fixture, "update doctor_limit set used = 7");
            assertThat(looking.doctor())
                    .containsExactly(new JdbcStore.Finding("key", "the places that are taken are counted"));
            execute(fixture, "update doctor_limit set used = 1");
            looking.close();
        }
    }

    private static void execute(StoreFixture fixture, String text) throws SQLException {
        try (Connection connection = fixture.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static int isolation(StoreFixture fixture) throws SQLException {
        try (Connection connection = fixture.source().getConnection()) {
            return connection.getTransactionIsolation();
        }
    }
}
