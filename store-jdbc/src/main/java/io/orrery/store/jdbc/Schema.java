package io.orrery.store.jdbc;

import io.orrery.schedule.store.StoreException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables: created and brought up to date, or only looked at, by Flyway, which notes what it has done beside them. */
final class Schema {

    private final Flyway flyway;

    Schema(DataSource source, Dialect dialect, String prefix) {
        flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                // A folder with a hyphen is no package, so the module shows what is in it.
                .locations("classpath:orrery-store-jdbc/" + dialect.folder)
                .table(prefix + "schema")
                .placeholders(Map.of("prefix", prefix, "collation", dialect.collation()))
                .baselineOnMigrate(true) // the other tables in the schema are somebody else's
                .baselineVersion("0")
                .load();
    }

    /** Creates the tables, or brings them up to date. Nodes that do this at once wait for each other. */
    void migrate() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    "The tables of the store have to be created or brought up to date, but that failed: "
                            + e.getMessage()
                            + ". Let the user of the database create tables, or have Flyway apply the files in"
                            + " orrery-store-jdbc/ as another user, and open the store with onlyValidated().",
                    e);
        }
    }

    /** Refuses tables that are not as they should be. */
    void validate() {
        try {
            flyway.validate();
        } catch (FlywayException e) {
            throw new StoreException(
                    "The tables have to be those of this version, but: " + e.getMessage()
                            + ". Migrate them, by opening the store without onlyValidated(), or with Flyway.",
                    e);
        }
    }
}
