package io.orrery.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between one node and the database: cuts its connections at once, or lets nothing through for a while. */
final class CutProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private boolean stalled; // guarded by the lock

    CutProxy(int target) {
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                sockets.add(near);
                Thread.ofVirtual().name("proxy connects").start(() -> connect(near));
            } catch (IOException e) {
                cut();
            }
        }
    }

    private void connect(Socket near) {
        var far = new Socket();
        sockets.add(far);
        try {
            awaitFlow();
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofVirtual().name("proxy there").start(() -> pump(near, far));
            pump(far, near);
        } catch (IOException e) {
            close(near);
            close(far);
        }
    }

    private void pump(Socket from, Socket to) {
        var bytes = new byte[16_384];
        try {
            for (int count = from.getInputStream().read(bytes);
                    count >= 0;
                    count = from.getInputStream().read(bytes)) {
                awaitFlow();
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException e) {
            // both ends are closed below
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitFlow() {
        lock.lock();
        try {
            while (stalled) {
                flows.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing gets through, in either direction, and nobody is told; or all of it does again. */
    void stall(boolean now) {
        lock.lock();
        try {
            stalled = now;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Resets all connections, whatever is on its way; gives back how many. */
    int cut() {
        int count = 0;
        for (Socket socket : sockets) {
            if (!socket.isClosed()) {
                count++;
            }
            close(socket);
        }
        return count;
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try (socket) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (SocketException e) {
            // the other pump has closed it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stall(false);
        cut();
    }
}
