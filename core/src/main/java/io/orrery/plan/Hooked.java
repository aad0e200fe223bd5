package io.orrery.plan;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.NamedBody;

/** Tells bodies with a shutdown from those without, so that the latter cost nothing. For use by one thread. */
final class Hooked {

    private static final ClassValue<Boolean> HAS_SHUTDOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return overrides(type) || overrides(type, JobContext.class);
        }
    };

    private Class<?> type = JobBody.class; // the last one seen, for there are few
    private boolean known = true;

    boolean hasShutdown(JobBody<?> body) {
        if (body instanceof NamedBody<?> named) {
            return hasShutdown(named.body());
        }
        if (body.getClass() != type) {
            type = body.getClass();
            known = HAS_SHUTDOWN.get(type);
        }
        return known;
    }

    private static boolean overrides(Class<?> type, Class<?>... parameters) {
        try {
            return type.getMethod("shutdown", parameters).getDeclaringClass() != JobBody.class;
        } catch (NoSuchMethodException | LinkageError e) {
            return true; // to be seen when it is called
        }
    }
}
