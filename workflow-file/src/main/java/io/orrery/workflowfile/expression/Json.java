package io.orrery.workflowfile.expression;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON as values of expressions: texts, numbers, booleans, lists and maps. What is {@code null} in JSON is left out. */
public final class Json {

    private static final int DEEPEST = 100;

    private Json() {}

    /**
     * The value of a document.
     *
     * @throws ExpressionException if it is not JSON, or {@code null}
     */
    public static Object value(String document) throws ExpressionException {
        try (var reader = new JsonReader(new StringReader(document))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            Object value = value(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw ExpressionException.noValue("there is something behind the JSON value");
            }
            if (value == null) {
                throw ExpressionException.noValue("there is nothing in the JSON value");
            }
            return value;
        } catch (EOFException e) {
            throw ExpressionException.noValue("the text ends within a JSON value");
        } catch (MalformedJsonException | NumberFormatException e) {
            throw ExpressionException.noValue("the text is not JSON");
        } catch (IOException e) {
            throw new IllegalStateException("a text can be read", e);
        }
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw new MalformedJsonException("no value");
        };
    }

    private static Object object(JsonReader reader) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            Object value = value(reader);
            if (value != null) {
                map.put(name, value);
            }
        }
        reader.endObject();
        return map;
    }

    private static Object array(JsonReader reader) throws IOException {
        var list = new ArrayList<Object>();
        reader.beginArray();
        while (reader.hasNext()) {
            Object value = value(reader);
            list.add(value == null ? "" : value); // so that the others keep their numbers
        }
        reader.endArray();
        return list;
    }

    private static Object number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return Double.valueOf(digits);
        }
    }

    /** A value as JSON, on one line. */
    public static String text(Object value) {
        return element(value, text -> text).toString();
    }

    /** A value as JSON whose texts have gone through a function. */
    private static JsonElement element(Object value, Function<String, String> texts) {
        return switch (value) {
            case Boolean bool -> new JsonPrimitive(bool);
            case Number number -> new JsonPrimitive(number);
            case List<?> list -> {
                var array = new JsonArray();
                list.forEach(item -> array.add(element(item, texts)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = new JsonObject();
                map.forEach((name, item) -> object.add(String.valueOf(name), element(item, texts)));
                yield object;
            }
            default -> new JsonPrimitive(texts.apply(String.valueOf(value)));
        };
    }

    /**
     * The value at a JSON pointer (RFC 6901).
     *
     * @throws ExpressionException if there is none
     */
    public static Object at(Object document, String pointer) throws ExpressionException {
        Object value = document;
        for (String part : parts(pointer)) {
            Object inner = switch (value) {
                case Map<?, ?> map -> map.get(part);
                case List<?> list -> item(list, part);
                default -> null;
            };
            if (inner == null) {
                throw ExpressionException.noValue("there is nothing at " + pointer);
            }
            value = inner;
        }
        return value;
    }

    private static @Nullable Object item(List<?> list, String part) {
        return part.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(part) < list.size()
                ? list.get(Integer.parseInt(part))
                : null;
    }

    private static List<String> parts(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : List.of(pointer.substring(1).split("/", -1)).stream()
                        .map(part -> part.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    /** Whether a text is a JSON pointer. */
    public static boolean isPointer(String text) {
        return text.isEmpty() || text.matches("(/([^/~]|~[01])*)+");
    }
}
