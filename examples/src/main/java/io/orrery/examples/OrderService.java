package io.orrery.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orrery.scope.CloseAtExit;
import io.orrery.scope.JobScope;
import io.orrery.scope.ScopedJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;

/**
 * A small service that accepts orders over HTTP and works them off in the background, twenty at a time. It answers 202 to an order
 * that it will see to, and 503 to one that it has no room for. When it is stopped (TERM, Ctrl-C), it takes no more orders, gives
 * those it has two seconds, and names each one that it could not finish. {@link OrderClient} puts it under load.
 */
final class OrderService {

    static final Duration WAIT = Duration.ofSeconds(2);
    static final Duration CLOSE = Duration.ofMillis(500);

    private final JobScope scope = JobScope.named("orders")
            .limit(20)
            .pendingLimit(100)
            .waitTimeout(WAIT)
            .closeTimeout(CLOSE)
            .open();
    /** The orders that were accepted and are not done. */
    private final Set<String> open = new ConcurrentSkipListSet<>();

    static void main() throws IOException {
        var service = new OrderService();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders/", service::accept);
        server.start();
        CloseAtExit.of(() -> server.stop(0), service.scope, service::nameOpen);
        IO.println("listening on " + server.getAddress().getPort());
    }

    private void accept(HttpExchange exchange) throws IOException {
        try (exchange) {
            String order = exchange.getRequestURI().getPath().substring("/orders/".length());
            open.add(order);
            Optional<ScopedJob<String>> job = spawn(order);
            if (job.isEmpty()) {
                open.remove(order);
            }
            exchange.sendResponseHeaders(job.isPresent() ? 202 : 503, -1);
        }
    }

    private Optional<ScopedJob<String>> spawn(String order) {
        try {
            return scope.trySpawn(order, () -> workOff(order));
        } catch (IllegalStateException e) { // the scope is closed
            return Optional.empty();
        }
    }

    /** Takes 20 ms, but for each hundredth order, which takes longer than the service waits when it is stopped. */
    private String workOff(String order) throws InterruptedException {
        Thread.sleep(order.endsWith("00") ? WAIT.multipliedBy(10) : Duration.ofMillis(20));
        open.remove(order);
        IO.println("done " + order);
        return order;
    }

    private void nameOpen() {
        open.forEach(order -> IO.println("not done " + order));
        IO.println("stopped");
    }
}
