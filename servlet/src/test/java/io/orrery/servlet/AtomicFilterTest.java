package io.orrery.servlet;

import static io.orrery.servlet.WebServer.atomic;
import static io.orrery.servlet.WebServer.hangUp;
import static io.orrery.servlet.WebServer.servlet;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.scope.JobScope;
import io.orrery.scope.ScopedJob;
import io.orrery.spec.Spec;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AtomicFilterTest {
    private static final byte[] PIECE = new byte[64 * 1024];
    private static final int MOST_PIECES = 10_000; // far more than any buffer between the two holds

    private final WebServer server = new WebServer();
    private final BlockingQueue<String> trail = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        go.countDown();
        server.stop();
    }

    private ServletContextHandler shop(boolean isAtomic, WebServer.Handling handling) throws Exception {
        return server.application("/shop", it -> {
            it.addEventListener(ApplicationScope.with(JobScope.named("shop").limit(1)));
            it.addServlet(servlet(handling), "/checkout");
            if (isAtomic) {
                atomic(it, "/checkout");
            }
        });
    }

    private static JobScope scope(ServletContextHandler application) {
        return ApplicationScope.of(application.getServletContext());
    }

    private void awaitGo() {
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ------------------------------------------------------------------------------------- the client hangs up

    private void payAndShip(HttpServletRequest request, HttpServletResponse response) throws IOException {
        awaitGo();
        trail.add("paid");
        try {
            for (int i = 0; i < MOST_PIECES && !AtomicFilter.isClientGone(request); i++) {
                response.getOutputStream().write(PIECE);
            }
            response.getOutputStream().write(PIECE);
            response.flushBuffer();
        } catch (IOException e) {
            trail.add("aborted");
            throw e;
        }
        trail.add("shipped, client gone: " + AtomicFilter.isClientGone(request));
    }

    @Test
    void a_handler_that_writes_is_aborted_half_way_when_the_client_hangs_up() throws Exception {
        shop(/* isAtomic= */ false, this::payAndShip);
        server.start();

        var client = server.socket("/shop/checkout");
        begun.await();
        hangUp(client);
        go.countDown();

        assertThat(List.of(trail.take(), trail.take())).containsExactly("paid", "aborted");
    }

    @Test
    @Spec("J-036")
    void an_atomic_handler_goes_on_to_its_end_when_the_client_hangs_up() throws Exception {
        var application = shop(/* isAtomic= */ true, this::payAndShip);
        server.start();

        var client = server.socket("/shop/checkout");
        begun.await();
        hangUp(client);
        go.countDown();

        assertThat(List.of(trail.take(), trail.take())).containsExactly("paid", "shipped, client gone: true");
        scope(application).close();
        assertThat(trail).isEmpty();
    }

    @Test
    @Spec("J-036")
    void an_atomic_handler_that_writes_text_goes_on_to_its_end_when_the_client_hangs_up() throws Exception {
        shop(
                /* isAtomic= */ true, (request, response) -> {
                    awaitGo();
                    var writer = response.getWriter();
                    for (int i = 0; i < MOST_PIECES && !writer.checkError(); i++) {
                        writer.print("x".repeat(PIECE.length));
                    }
                    writer.print("more");
                    writer.flush();
                    trail.add("error: " + writer.checkError());
                });
        server.start();

        var client = server.socket("/shop/checkout");
        begun.await();
        hangUp(client);
        go.countDown();

        assertThat(trail.take()).isEqualTo("error: true");
    }

    // --------------------------------------------------------------------------------------------- as a handler

    @Test
    @Spec("J-036")
    void the_response_is_what_the_handler_makes_of_it() throws Exception {
        shop(
                /* isAtomic= */ true, (request, response) -> {
                    response.setStatus(201);
                    response.getWriter()
                            .print(Thread.currentThread().getName() + ", client gone: "
                                    + AtomicFilter.isClientGone(request));
                });
        server.start();

        var answer = server.ask("/shop/checkout").join();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("GET /shop/checkout, client gone: false");
    }

    @Test
    void errors_and_redirects_are_sent() throws Exception {
        shop(
                /* isAtomic= */ true, (request, response) -> {
                    switch (request.getQueryString()) {
                        case "error" -> response.sendError(410);
                        case "reason" -> response.sendError(409, "sold out");
                        case "redirect" -> response.sendRedirect("/elsewhere");
                        default -> response.setStatus(204);
                    }
                });
        server.start();

        assertThat(server.status("/shop/checkout?error")).isEqualTo(410);
        assertThat(server.text("/shop/checkout?reason")).contains("sold out");
        assertThat(server.status("/shop/checkout?redirect")).isEqualTo(302);
        assertThat(server.status("/shop/checkout?nothing")).isEqualTo(204);
    }

    @Test
    @Spec({"J-036", "J-017"})
    void what_the_handler_throws_is_thrown_on_as_the_same_object() throws Exception {
        var caught = new LinkedBlockingQueue<Throwable>();
        List<Throwable> thrown = List.of(
                new IOException("a"), new ServletException("b"), new IllegalStateException("c"), new Error("d"));
        server.application("/shop", it -> {
            it.addEventListener(ApplicationScope.with(JobScope.named("shop")));
            it.addFilter(
                    (request, response, chain) -> {
                        try {
                            chain.doFilter(request, response);
                        } catch (IOException | ServletException | RuntimeException | Error e) {
                            caught.add(e);
                        }
                    },
                    "/*",
                    EnumSet.of(DispatcherType.REQUEST));
            atomic(it, "/*");
            it.addServlet(
                    servlet((request, response) -> raise(thrown.get(Integer.parseInt(request.getQueryString())))),
                    "/checkout");
        });
        server.start();

        for (int i = 0; i < thrown.size(); i++) {
            server.status("/shop/checkout?" + i);
        }

        assertThat(caught).hasSize(thrown.size());
        for (Throwable expected : thrown) {
            assertThat(caught.take()).isSameAs(expected);
        }
    }

    private static void raise(Throwable thrown) throws IOException, ServletException {
        switch (thrown) {
            case IOException e -> throw e;
            case ServletException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(thrown);
        }
    }

    // ------------------------------------------------------------------------------------------------ the scope

    @Test
    @Spec("J-036")
    void a_full_scope_delays_requests() throws Exception {
        var application = shop(
                /* isAtomic= */ true, (request, response) -> {
                    trail.add("began " + request.getQueryString());
                    awaitGo();
                    trail.add("ended " + request.getQueryString());
                });
        server.start();

        var first = server.ask("/shop/checkout?1");
        begun.await();
        var second = scope(application).spawn("other", () -> trail.add("other"));
        var third = server.ask("/shop/checkout?2");

        assertThat(scope(application).active()).isEqualTo(1);
        assertThat(second.isPending()).isTrue();
        assertThat(third.isDone()).isFalse();

        go.countDown();
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(third.join().statusCode()).isEqualTo(200);
        assertThat(trail).containsExactly("began 1", "ended 1", "other", "began 2", "ended 2");
    }

    @Test
    @Spec("J-010")
    void a_request_that_comes_when_the_scope_is_closed_is_refused() throws Exception {
        var application = shop(/* isAtomic= */ true, (request, response) -> trail.add("handled"));
        server.start();
        scope(application).close();

        assertThat(server.status("/shop/checkout")).isEqualTo(503);
        assertThat(trail).isEmpty();
    }

    @Test
    void a_request_whose_job_is_cancelled_is_answered_as_unavailable() throws Exception {
        var application = shop(
                /* isAtomic= */ true, (request, response) -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException("told to stop");
                    }
                });
        server.start();

        var answer = server.ask("/shop/checkout");
        begun.await();
        scope(application).cancel();

        assertThat(answer.join().statusCode()).isEqualTo(503);
    }

    @Test
    @Spec("J-034")
    void without_a_scope_the_request_fails_and_says_why() throws Exception {
        server.application("/shop", it -> {
            it.addServlet(servlet((request, response) -> trail.add("handled")), "/checkout");
            atomic(it, "/checkout");
        });
        server.start();

        var answer = server.ask("/shop/checkout").join();

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("needs a scope before it can run jobs");
        assertThat(trail).isEmpty();
    }

    @Test
    @Spec("J-036")
    void the_container_gets_its_thread_back_only_when_the_handler_has_ended() throws Exception {
        var waiting = new AtomicReference<Thread>();
        var application = server.application("/shop", it -> {
            it.addEventListener(ApplicationScope.with(JobScope.named("shop")));
            it.addFilter(
                    (request, response, chain) -> {
                        waiting.set(Thread.currentThread());
                        chain.doFilter(request, response);
                        trail.add("back, interrupted: " + Thread.interrupted());
                    },
                    "/*",
                    EnumSet.of(DispatcherType.REQUEST));
            atomic(it, "/*");
            it.addServlet(
                    servlet((request, response) -> {
                        awaitGo();
                        trail.add("handled");
                    }),
                    "/checkout");
        });
        server.start();

        var answer = server.ask("/shop/checkout");
        begun.await();
        waiting.get().interrupt();
        go.countDown();

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(List.of(trail.take(), trail.take())).containsExactly("handled", "back, interrupted: true");
        assertThat(scope(application).iterator()).isExhausted();
    }

    @Test
    @Spec("J-032")
    void an_application_that_stops_waits_for_atomic_requests() throws Exception {
        var jobs = new LinkedBlockingQueue<ScopedJob<?>>();
        var application = shop(
                /* isAtomic= */ true, (request, response) -> {
                    awaitGo();
                    trail.add("handled");
                });
        server.start();
        var answer = server.ask("/shop/checkout");
        begun.await();
        scope(application).forEach(jobs::add);

        var closing = Thread.ofVirtual().start(scope(application)::close);
        go.countDown();
        closing.join();

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(trail).containsExactly("handled");
        assertThat(jobs.take().isEnded()).isTrue();
    }
}
