package io.orrery.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** A real server on a port of its own, and a client of it. */
final class WebServer {
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final ContextHandlerCollection applications = new ContextHandlerCollection();
    private final HttpClient client = HttpClient.newHttpClient();

    /** What a servlet does with a request. */
    interface Handling {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    WebServer() {
        server.setHandler(applications);
    }

    static ServletHolder servlet(Handling handling) {
        return new ServletHolder(new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                handling.handle(request, response);
            }
        });
    }

    /** Adds an application, before or after the server was started. */
    ServletContextHandler application(String path, Consumer<ServletContextHandler> setUp) throws Exception {
        var application = new ServletContextHandler(path);
        application.setCrossContextDispatchSupported(true);
        setUp.accept(application);
        applications.addHandler(application);
        if (server.isStarted()) {
            application.start();
        }
        return application;
    }

    static void atomic(ServletContextHandler application, String path) {
        application.addFilter(new FilterHolder(new AtomicFilter()), path, EnumSet.of(DispatcherType.REQUEST));
    }

    WebServer start() throws Exception {
        server.start();
        return this;
    }

    private URI uri(String path) {
        return server.getURI().resolve(path);
    }

    CompletableFuture<HttpResponse<String>> ask(String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    String text(String path) {
        return ask(path).join().body();
    }

    int status(String path) {
        return ask(path).join().statusCode();
    }

    /** A client that asks and can hang up. */
    Socket socket(String path) throws IOException {
        var socket = new Socket(uri(path).getHost(), uri(path).getPort());
        var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    static void hangUp(Socket socket) throws IOException {
        socket.setSoLinger(true, 0); // a reset, as of a client that was killed
        socket.close();
    }

    void stop() throws Exception {
        client.close();
        server.stop();
    }
}
