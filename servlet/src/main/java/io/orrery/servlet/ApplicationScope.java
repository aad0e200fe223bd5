package io.orrery.servlet;

import io.orrery.scope.JobScope;
import io.orrery.scope.ScopeOptions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a web application a scope: opened when the application starts, and closed, as {@link JobScope#close} does it, when the
 * application stops. So jobs have as long as the scope's wait timeout to end, whatever the container does with the requests
 * that spawned them. Registered by whoever sets the application up:
 *
 * {@snippet :
 * context.addListener(ApplicationScope.with(JobScope.named("shop").limit(20)));
 * }
 *
 * <p>and used by whoever has the application or a request of it:
 *
 * {@snippet :
 * ApplicationScope.of(request).spawn("receipt", () -> mail.send(order));
 * }
 *
 * <p>Named as a listener in a deployment descriptor, it takes its options from the context parameters {@code
 * orrery.scope.limit}, {@code .pending-limit}, {@code .wait-timeout}, {@code .close-timeout} ({@code none} for no limit),
 * {@code .threads} and {@code .name}.
 *
 * <p>Finding a scope is safe for use by any thread. Follows J-033 to J-035 of the specification.
 */
public final class ApplicationScope implements ServletContextListener {

    private static final String ATTRIBUTE = JobScope.class.getName();

    private final @Nullable ScopeOptions options; // null for those that the context's parameters say
    private @Nullable JobScope scope; // the container's, which starts and stops an application in turns

    /** One that takes its options from the parameters of the context. For containers. */
    public ApplicationScope() {
        this(null);
    }

    private ApplicationScope(@Nullable ScopeOptions options) {
        this.options = options;
    }

    /** A listener that opens a scope with these options. */
    public static ApplicationScope with(ScopeOptions options) {
        return new ApplicationScope(
                Objects.requireNonNull(options, "A scope needs options: JobScope.named(\"shop\") has all by default."));
    }

    /**
     * Opens the scope.
     *
     * @throws IllegalStateException if the application has one already
     * @throws IllegalArgumentException with everything that is wrong with the parameters of the context, if they are used
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (own(context).isPresent()) {
            throw new IllegalStateException("An application has one scope, but a second one was registered for "
                    + named(context) + ". Leave one of the two listeners out.");
        }
        JobScope opened = (options == null ? Parameters.of(context) : options).open();
        scope = opened;
        context.setAttribute(ATTRIBUTE, opened);
    }

    /** Closes the scope, and returns when it is closed. Requests that are still there find it closed. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        JobScope opened = scope;
        if (opened != null) {
            opened.close();
            event.getServletContext().removeAttribute(ATTRIBUTE);
            scope = null;
        }
    }

    /**
     * The scope of the application that a request is for.
     *
     * @throws IllegalStateException if there is none, neither its own nor that of an application around it
     */
    public static JobScope of(ServletRequest request) {
        return of(request.getServletContext());
    }

    /**
     * The scope of an application.
     *
     * @throws IllegalStateException if there is none, neither its own nor that of an application around it
     */
    public static JobScope of(ServletContext context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException("An application needs a scope before it can run jobs, but "
                        + named(context)
                        + " has none. Register one when it is set up:"
                        + " context.addListener(ApplicationScope.with(options))."));
    }

    /**
     * The scope of an application: its own, else that of the nearest application around it which has one, as far as the container
     * lets one see that; empty if there is none. What is around an application is what has a shorter path on the same host.
     */
    public static Optional<JobScope> find(ServletContext context) {
        Optional<JobScope> found = own(context);
        String path = context.getContextPath();
        while (found.isEmpty() && !path.isEmpty()) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            ServletContext around = context.getContext(path + "/");
            found = around == null ? Optional.empty() : own(around);
        }
        return found;
    }

    private static Optional<JobScope> own(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof JobScope scope ? Optional.of(scope) : Optional.empty();
    }

    private static String named(ServletContext context) {
        String path = context.getContextPath();
        return path.isEmpty() ? "the application at the root" : "\"" + path + "\"";
    }
}
