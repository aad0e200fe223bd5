package io.orrery.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body that is declared by name, with arguments that are data, so that a plan with it can be written out and read back.
 * Made by {@link BodyCatalog#body}. Immutable; as thread-safe as the body behind it.
 *
 * @param name the name under which the catalog knows it
 * @param arguments text, numbers, booleans, or lists and maps of these
 * @param body what it does
 * @param <T> the type of the result
 */
public record NamedBody<T extends @Nullable Object>(String name, Map<String, Object> arguments, JobBody<T> body)
        implements JobBody<T> {

    /**
     * Copies the arguments, deeply and in their order.
     *
     * @throws IllegalArgumentException if one of them is not data: the message says which
     */
    public NamedBody {
        arguments = Data.copy(name, arguments);
    }

    @Override
    public T run(JobContext context) throws Exception {
        return body.run(context);
    }

    @Override
    public void shutdown(JobContext context) throws Exception {
        body.shutdown(context);
    }

    @Override
    public String describe() {
        return body.describe();
    }

    /** The name under which the catalog knows it. */
    @Override
    public String kind() {
        return name;
    }
}
