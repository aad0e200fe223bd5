package io.orrery.examples;

import io.orrery.scope.JobScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends orders to an {@link OrderService} on a port of this machine, from ten threads, until the service is gone, and says which
 * ones were accepted. To be run with the port.
 */
final class OrderClient {

    private static final int SENDERS = 10;

    private final AtomicInteger last = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    private OrderClient(int port) {
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        this.service = URI.create("http://" + host + ":" + port + "/orders/");
    }

    static void main(String[] arguments) throws InterruptedException {
        var client = new OrderClient(Integer.parseInt(arguments[0]));
        try (var scope =
                JobScope.named("senders").limit(SENDERS).withoutWaitTimeout().open()) {
            for (int i = 0; i < SENDERS; i++) {
                scope.spawnAction("sender " + i, client::sendAll);
            }
        }
        IO.println("the service is gone");
    }

    private void sendAll() throws InterruptedException {
        boolean isThere = true;
        while (isThere) {
            isThere = send(Integer.toString(last.incrementAndGet()));
        }
    }

    /** Sends an order, and returns whether there was an answer. */
    private boolean send(String order) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(service.resolve(order))
                    .POST(BodyPublishers.noBody())
                    .build();
            if (client.send(request, BodyHandlers.discarding()).statusCode() == 202) {
                IO.println("accepted " + order);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
