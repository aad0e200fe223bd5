package io.orrery.examples;

import io.orrery.job.JobContext;
import io.orrery.run.RunOptions;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.executor.JobCatalog;
import io.orrery.schedule.executor.JobDeclarations;
import io.orrery.schedule.executor.LifecycleJob;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.scope.JobScope;
import io.orrery.store.jdbc.JdbcStore;
import io.orrery.testkit.ScheduleRecorder;
import io.orrery.testkit.Seeds;
import io.orrery.testkit.Trail;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What the snippets take for granted. */
class SnippetStubs {

    static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    final Path folder = Path.of("schedules");
    final Trigger trigger = Trigger.cron("30 2 * * *");
    final Scheduler scheduler = Scheduler.named("billing").open();
    final Billing billing = new Billing();
    final AtomicInteger reports = new AtomicInteger();
    final RunOptions options = RunOptions.defaults();
    final Trail trail = new Trail();
    final ManualTime time = ManualTime.stopped();
    final ScheduleRecorder recorder = new ScheduleRecorder();
    final Mail mail = user -> new Receipt();
    final String user = "user";
    final String order = "order";
    final Server server = seconds -> {};
    final JobScope scope = JobScope.named("shop").open();
    final ServletContext context = stub(ServletContext.class);
    final ServletRequest request = stub(ServletRequest.class);

    final JobContext ctx = stub(JobContext.class);
    final Invoice invoice = new Invoice(42);
    final Schedule schedule = Schedule.named("invoice-42");
    final DataSource dataSource = stub(DataSource.class);
    final Connection connection = stub(Connection.class);
    final JdbcStore store = JdbcStore.on(dataSource);

    /** Something that sends. */
    interface Mail {
        Receipt send(String user);
    }

    /** Something that can be stopped. */
    interface Server {
        void stop(int seconds);
    }

    /** That it was sent. */
    record Receipt() {}

    /** Only compiled against, never called. */
    private static <T> T stub(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, it) -> null));
    }

    record Invoice(int number) {}

    static final Duration SECOND = Duration.ofSeconds(1);

    /** Something that ticks. */
    static final class Pump implements LifecycleJob {
        @Override
        public void tick(FireContext session, Instant due) {}
    }

    /** What can be done in processes. */
    public static final class BillingJobs implements JobDeclarations {
        @Override
        public void declare(JobCatalog jobs) {}
    }

    static void insertReceipt(Connection connection, Invoice invoice) throws SQLException {
        connection.createStatement().execute("insert into receipt values (" + invoice.number() + ")");
    }

    static final class Billing {
        void send(Object invoice, String... idempotencyKey) {}
    }

    Workflow backup() {
        return Workflow.named("backup");
    }

    Workflow workflow(int window, Seeds seeds) {
        return Workflow.named(seeds.toString()).window(window);
    }
}
