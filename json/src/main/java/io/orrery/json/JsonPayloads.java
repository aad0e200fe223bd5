package io.orrery.json;

import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.PayloadCodec;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Writes payloads as JSON: records, beans, collections, and what the JDK has of dates and times. Strict: a property that the
 * type does not have, one that is there twice, one of a record that is missing or null though it is a number or a boolean,
 * text where a number should be and a number where text or an enum should be, a fraction where a whole number should be, and
 * anything after the end are refused. Enums have their names. Other properties that are missing are null. The same payload always becomes the same
 * text, if its sets have an order. Immutable; safe for use by any thread.
 *
 * {@snippet :
 * var scheduler = Scheduler.named("billing").store(store).payloads(JsonPayloads.strict()).open();
 * scheduler.action("send-invoice", Invoice.class, (invoice, ctx) -> billing.send(invoice));
 * scheduler.add(Schedule.named("invoice-42").job("send-invoice", new Invoice(42)));
 * }
 *
 * <p>No text decides which class is made: names of classes in it are refused, whatever annotations or the mapper say.
 */
public final class JsonPayloads implements PayloadCodec {

    private static final String ID = "json";
    private static final int SHOWN = 200;
    /** What the library would have its users change, who are not those that read the message. */
    private static final Pattern HINT = Pattern.compile(" \\((?:but|set) [^)]*\\)");

    private static final JsonPayloads STRICT = of(JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, JsonPayloads::refuseScalars)
            .annotationIntrospector(new PrimitivesRequired())
            .build());

    private final JsonMapper mapper;

    private JsonPayloads(JsonMapper mapper) {
        this.mapper =
                mapper.rebuild().polymorphicTypeValidator(new NoClassNames()).build();
    }

    private static void refuseScalars(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** The one that is meant unless there is a reason for another. */
    public static JsonPayloads strict() {
        return STRICT;
    }

    /** One with a mapper of your own, which may be less strict; but it makes nothing of names of classes. */
    public static JsonPayloads of(JsonMapper mapper) {
        return new JsonPayloads(mapper);
    }

    /**
     * A payload that is JSON already, as people type it or programs send it. Numbers keep all of their digits. What job is given
     * it, and whether it is one for that job, is seen when it is scheduled.
     *
     * @throws IllegalArgumentException if it is no JSON: the message says where and why
     */
    public EncodedPayload text(String json) {
        try {
            JsonNode read = mapper.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(json);
            if (read.isMissingNode()) {
                throw new IllegalArgumentException(
                        "The payload must be JSON, but is blank. Write null for none, or leave the payload out.");
            }
            return new EncodedPayload(ID, mapper.writeValueAsString(read));
        } catch (JacksonException e) {
            throw refused("JSON", json, e);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String encode(@Nullable Object payload) {
        try {
            return mapper.writeValueAsString(payload);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "The codec json writes records, beans and collections of data, but could not write a "
                            + (payload == null ? "null" : payload.getClass().getName()) + ": " + what(e)
                            + ". Give it something that is data.",
                    e);
        }
    }

    @Override
    public <T> @Nullable T decode(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JacksonException e) {
            throw refused("JSON for a " + type.getName(), text, e);
        }
    }

    private static IllegalArgumentException refused(String wanted, String text, JacksonException e) {
        var place = e.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ". Correct it."
                : " at line " + place.getLineNr() + ", column " + place.getColumnNr() + ". Correct it there.";
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return new IllegalArgumentException(
                "The payload must be " + wanted + ", but is " + (text.isBlank() ? "blank" : shown) + ": " + what(e)
                        + where,
                e);
    }

    private static String what(JacksonException e) {
        String message = HINT.matcher(e.getOriginalMessage()).replaceAll("");
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
