package io.orrery.servlet;

import static io.orrery.servlet.WebServer.servlet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.scope.JobScope;
import io.orrery.scope.ScopeOptions;
import io.orrery.scope.ScopedJob;
import io.orrery.spec.Spec;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApplicationScopeTest {
    private static final ScopeOptions OPTIONS = JobScope.named("shop").limit(2);

    private final WebServer server = new WebServer();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    @Spec("J-033")
    void the_scope_is_opened_when_the_application_starts_with_the_options_it_was_given() throws Exception {
        var application = server.application("/shop", it -> it.addEventListener(ApplicationScope.with(OPTIONS)));
        server.start();

        var scope = ApplicationScope.of(application.getServletContext());

        assertThat(scope.name()).isEqualTo("shop");
        assertThat(scope.options().limit()).hasValue(2);
        assertThat(scope.isClosed()).isFalse();
    }

    @Test
    @Spec({"J-033", "J-029"})
    void when_the_application_stops_its_jobs_end_first() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        var jobs = new LinkedBlockingQueue<ScopedJob<String>>();
        var application = server.application("/shop", it -> {
            it.addEventListener(ApplicationScope.with(OPTIONS));
            it.addServlet(
                    servlet((request, response) -> jobs.add(spawn(request.getServletContext(), begun, go))), "/order");
        });
        server.start();
        server.status("/shop/order");
        var scope = ApplicationScope.of(application.getServletContext());
        begun.await();

        var stopping = Thread.ofVirtual().start(() -> {
            closing.countDown();
            stop(application);
        });
        closing.await();
        go.countDown();
        stopping.join();

        assertThat(jobs.take().await()).isEqualTo("sent");
        assertThat(scope.isClosed()).isTrue();
        assertThat(ApplicationScope.find(application.getServletContext())).isEmpty();
    }

    private static ScopedJob<String> spawn(ServletContext context, CountDownLatch begun, CountDownLatch go) {
        try {
            return ApplicationScope.of(context).spawn("receipt", () -> {
                begun.countDown();
                go.await();
                return "sent";
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stop(ServletContextHandler application) {
        try {
            application.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Spec("J-033")
    void an_application_that_is_started_again_gets_another_scope() throws Exception {
        var application = server.application("/shop", it -> it.addEventListener(ApplicationScope.with(OPTIONS)));
        server.start();
        var first = ApplicationScope.of(application.getServletContext());

        application.stop();
        application.start();

        var second = ApplicationScope.of(application.getServletContext());
        assertThat(second).isNotSameAs(first);
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isFalse();
    }

    @Test
    @Spec("J-034")
    void without_a_scope_the_error_says_how_to_get_one() throws Exception {
        var application = server.application("/shop", it -> {});
        server.start();

        assertThat(ApplicationScope.find(application.getServletContext())).isEmpty();
        assertThatThrownBy(() -> ApplicationScope.of(application.getServletContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An application needs a scope before it can run jobs, but \"/shop\" has none."
                        + " Register one when it is set up: context.addListener(ApplicationScope.with(options)).");
    }

    @Test
    @Spec("J-034")
    void an_application_without_a_scope_has_that_of_the_nearest_one_around_it() throws Exception {
        server.application("/shop", it -> it.addEventListener(ApplicationScope.with(JobScope.named("outer"))));
        server.application("/shop/admin", it -> it.addServlet(servlet(this::sayScope), "/scope"));
        server.application("/shop/admin/deep", it -> it.addServlet(servlet(this::sayScope), "/scope"));
        server.start();

        assertThat(server.text("/shop/admin/scope")).isEqualTo("outer");
        assertThat(server.text("/shop/admin/deep/scope")).isEqualTo("outer");
    }

    @Test
    @Spec("J-034")
    void an_application_inside_another_one_has_its_own_scope_if_it_has_one() throws Exception {
        server.application("/shop", it -> it.addEventListener(ApplicationScope.with(JobScope.named("outer"))));
        server.application("/shop/admin", it -> {
            it.addEventListener(ApplicationScope.with(JobScope.named("inner")));
            it.addServlet(servlet(this::sayScope), "/scope");
        });
        server.start();

        assertThat(server.text("/shop/admin/scope")).isEqualTo("inner");
    }

    private void sayScope(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(ApplicationScope.of(request).name());
    }

    @Test
    @Spec("J-035")
    void a_request_spawns_and_shields_in_the_scope_of_its_application() throws Exception {
        var job = new AtomicReference<ScopedJob<String>>();
        var application = server.application("/shop", it -> {
            it.addEventListener(ApplicationScope.with(OPTIONS));
            it.addServlet(
                    servlet((request, response) -> {
                        var scope = ApplicationScope.of(request);
                        try {
                            job.set(scope.spawn("receipt", () -> "sent"));
                            response.getWriter().print(scope.shield("stock", () -> "counted"));
                        } catch (InterruptedException | ExecutionException e) {
                            throw new IllegalStateException(e);
                        }
                    }),
                    "/order");
        });
        server.start();

        assertThat(server.text("/shop/order")).isEqualTo("counted");
        assertThat(job.get().await()).isEqualTo("sent");
        assertThat(job.get().state()).isEqualTo(State.SUCCEEDED);
        assertThat(job.get().scope()).isSameAs(ApplicationScope.of(application.getServletContext()));
    }

    @Test
    void an_application_has_one_scope() throws Exception {
        server.application("/shop", it -> {
            it.addEventListener(ApplicationScope.with(OPTIONS));
            it.addEventListener(ApplicationScope.with(OPTIONS));
        });

        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An application has one scope, but a second one was registered for \"/shop\"."
                        + " Leave one of the two listeners out.");
    }

    @Test
    void a_listener_of_a_descriptor_takes_its_options_from_the_parameters_of_the_context() throws Exception {
        var application = server.application("/shop", it -> {
            it.setInitParameter("orrery.scope.limit", "7");
            it.setInitParameter("orrery.scope.pending-limit", "none");
            it.setInitParameter("orrery.scope.wait-timeout", "1m30s");
            it.setInitParameter("orrery.scope.close-timeout", "none");
            it.setInitParameter("orrery.scope.threads", "reused");
            it.setInitParameter("orrery.another", "thing");
            it.addEventListener(new ApplicationScope());
        });
        server.start();

        var options = ApplicationScope.of(application.getServletContext()).options();

        assertThat(options.name()).isEqualTo("shop");
        assertThat(options.limit()).hasValue(7);
        assertThat(options.pendingLimit()).isEmpty();
        assertThat(options.waitTimeout()).contains(Duration.ofSeconds(90));
        assertThat(options.closeTimeout()).isEmpty();
        assertThat(options.threads()).isEqualTo(Threads.REUSED);
    }

    @Test
    void the_scope_is_named_by_its_parameter_or_as_the_application_at_the_root() throws Exception {
        var root = server.application("/", it -> it.addEventListener(new ApplicationScope()));
        var named = server.application("/shop", it -> {
            it.setInitParameter("orrery.scope.name", "orders");
            it.addEventListener(new ApplicationScope());
        });
        server.start();

        assertThat(ApplicationScope.of(root.getServletContext()).name()).isEqualTo("application");
        assertThat(ApplicationScope.of(named.getServletContext()).name()).isEqualTo("orders");
    }

    @Test
    void all_that_is_wrong_with_the_parameters_is_said_at_once_before_the_application_starts() throws Exception {
        server.application("/shop", it -> {
            it.setInitParameter("orrery.scope.limit", "0");
            it.setInitParameter("orrery.scope.pending-limit", "many");
            it.setInitParameter("orrery.scope.wait-timeout", "soon");
            it.setInitParameter("orrery.scope.threads", "green");
            it.setInitParameter("orrery.scope.limits", "3");
            it.addEventListener(new ApplicationScope());
        });

        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "\"orrery.scope.limit\": The limit must be at least 1, but is 0. Use withoutLimit() for none.",
                        "\"orrery.scope.pending-limit\": A limit is a whole number of at least 1, but this is \"many\"."
                                + " Write none for no limit.",
                        "\"orrery.scope.wait-timeout\": A duration is amounts with the units",
                        "\"orrery.scope.threads\": Threads are fresh or reused, but this is \"green\"."
                                + " Write one of the two.",
                        "\"orrery.scope.limits\" is none. There are orrery.scope.name, orrery.scope.limit,");
    }
}
