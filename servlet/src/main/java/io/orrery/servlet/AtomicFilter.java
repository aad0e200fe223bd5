package io.orrery.servlet;

import io.orrery.job.Action;
import io.orrery.scope.JobScope;
import io.orrery.scope.ScopedJob;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Has each request handled whole: as a job of the {@linkplain ApplicationScope application's scope}, which goes on when the
 * client goes away. What is written to a client that is gone is dropped, instead of ending the handler half-way, and {@link
 * #isClientGone} tells. The container's thread waits for the job, so the response is what the handler made of it, and what
 * the handler throws is thrown on.
 *
 * <p>Put it in front of what must not be done by halves:
 *
 * {@snippet :
 * context.addFilter("atomic", new AtomicFilter()).addMappingForServletNames(null, false, "checkout");
 * }
 *
 * <p>The job counts under the limit of the scope, so that a full one delays requests. It is named by method and path of the
 * request. When the application stops, the job has the scope's wait timeout to end, then it is cancelled. A request that
 * comes when the scope is closed, or whose job was cancelled before it said anything, is answered with 503. Thread locals of the
 * container's thread are not those of the job.
 *
 * <p>The filter covers what a handler does until it returns: what it does later, having called {@code startAsync()}, it does as
 * without the filter. Safe for use by any thread. Follows J-036 of the specification.
 */
public final class AtomicFilter implements Filter {

    /** The filter has no settings. */
    public AtomicFilter() {}

    /** Whether it is known that the client of a request that went through this filter has gone away. */
    public static boolean isClientGone(ServletRequest request) {
        return request.getAttribute(PatientResponse.GONE) != null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        JobScope scope = ApplicationScope.of(request);
        ServletResponse patient =
                response instanceof HttpServletResponse http ? new PatientResponse(request, http) : response;
        Optional<ScopedJob<@Nullable Void>> job = spawn(scope, request, () -> chain.doFilter(request, patient));
        if (job.isEmpty() || !isDone(job.get())) {
            refuse(response);
        }
    }

    /** Empty if it is too late for it. */
    private static Optional<ScopedJob<@Nullable Void>> spawn(JobScope scope, ServletRequest request, Action handling) {
        try {
            return Optional.of(scope.spawnAction(name(request), handling));
        } catch (InterruptedException e) { // the container wants its thread, and nothing has begun
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IllegalStateException e) {
            if (scope.isClosed()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String name(ServletRequest request) {
        return request instanceof HttpServletRequest http
                ? http.getMethod() + " " + http.getRequestURI()
                : request.getProtocol();
    }

    /**
     * Waits for the job, whatever happens: request and response are its own until it has ended.
     *
     * @return whether it was done, rather than cancelled
     */
    private static boolean isDone(ScopedJob<?> job) throws IOException, ServletException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    job.await();
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Throws what the handler has thrown, as what it is. */
    private static ServletException thrown(ExecutionException failure) throws IOException {
        return switch (failure.getCause()) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case ServletException e -> e;
            case null, default -> new ServletException(failure);
        };
    }

    private static void refuse(ServletResponse response) throws IOException {
        if (response instanceof HttpServletResponse http && !http.isCommitted()) {
            http.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
