package io.orrery.schedule;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payloads that are one plain value of the JDK. */
enum PlainPayloads implements PayloadCodec {
    INSTANCE;

    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            ZonedDateTime.class,
            UUID.class);

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String encode(@Nullable Object payload) {
        return switch (payload) {
            case null -> "";
            case Enum<?> constant -> constant.name();
            case Object value when TYPES.contains(value.getClass()) -> value.toString();
            default ->
                throw new IllegalArgumentException("The plain codec writes single values of the JDK, but this is a "
                        + payload.getClass().getName() + ". Use the codec of the module json, or pass text.");
        };
    }

    @Override
    public <T> @Nullable T decode(String text, Class<T> type) {
        try {
            if (type == String.class) {
                return type.cast(text);
            }
            if (type == Void.class) {
                return null;
            }
            if (type.isEnum() || TYPES.contains(type)) {
                return type.cast(reader(type).invoke(null, text));
            }
        } catch (InvocationTargetException e) {
            throw refused(text, type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw refused(text, type, e);
        }
        throw refused(text, type, null);
    }

    private static Method reader(Class<?> type) throws NoSuchMethodException {
        for (String name : new String[] {"valueOf", "parse", "fromString"}) {
            for (Method method : type.getMethods()) {
                Class<?>[] parameters = method.getParameterTypes();
                if (method.getName().equals(name)
                        && Modifier.isStatic(method.getModifiers())
                        && parameters.length == 1
                        && parameters[0].isAssignableFrom(String.class)) {
                    return method;
                }
            }
        }
        throw new NoSuchMethodException(type.getName());
    }

    private static IllegalArgumentException refused(String text, Class<?> type, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The plain codec reads a " + type.getSimpleName() + ", but the payload is \"" + text
                        + "\". Declare the job with the type that it was scheduled with, or schedule it anew.",
                cause);
    }
}
